import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '@/bin/launcher/ports'

const root = path.resolve(import.meta.dirname, '../..')
const START_LIMIT_MS = 120_000
const STOP_LIMIT_MS = 50_000

/** The whole application, as `npm start` runs it, on a data directory of its own. */
export type App = {
  url: string
  /** Starts it, and waits until it says that it is ready; again after `stop`, on the same data. */
  start(): Promise<void>
  /** One SIGTERM; resolves with the exit code when everything it started has ended. */
  stop(): Promise<number | null>
  /** Stops it if it runs, and removes its data. */
  remove(): Promise<void>
}

/** An application that is not started yet. */
export async function createApp(env: Record<string, string> = {}): Promise<App> {
  const port = await freePort()
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-app-'))
  let running: ChildProcess | undefined
  const emergency = () => running?.kill('SIGTERM')
  process.on('exit', emergency)

  async function start(): Promise<void> {
    // The launcher makes a key of its own, as for a person who sets none.
    const inherited = { ...process.env, AUTH_SECRET: '' }
    const child = spawn(process.execPath, [path.join(root, 'bin/start.mjs')], {
      cwd: root,
      env: { ...inherited, LOG_LEVEL: 'error', PORT: `${port}`, DATA_DIR: directory, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running = child
    await ready(child)
  }

  async function stop(): Promise<number | null> {
    const child = running
    running = undefined
    if (!child || child.exitCode !== null) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
    child.kill('SIGTERM')
    await ended
    clearTimeout(limit)
    return child.exitCode
  }

  return {
    url: `http://localhost:${port}`,
    start,
    stop,
    async remove() {
      await stop()
      process.off('exit', emergency)
      fs.rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Resolves at the line that says so; rejects with all it said when it ends before, or hangs. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = () => reject(new Error(`The application did not start:\n${said}`))
    const limit = setTimeout(fail, START_LIMIT_MS)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (!said.includes('Millrace is ready')) return
      clearTimeout(limit)
      resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', () => {
      clearTimeout(limit)
      fail()
    })
  })
}
