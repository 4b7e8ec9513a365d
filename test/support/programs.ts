import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '@/bin/launcher/ports'
import { waitUntil } from '@/bin/postgres/processes'

const START_LIMIT_MS = 60_000

const root = path.resolve(import.meta.dirname, '../..')

export type Program = {
  process: ChildProcess
  /** All it has written to its output and its log. */
  said(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** A directory for the files of one test's installation. */
export function createDataDir(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), 'millrace-data-'))
}

/** Starts the built worker, and waits until it serves its queues. */
export async function startWorkerProgram(env: Record<string, string>): Promise<Program> {
  const program = start('dist/worker.js', env)
  await once(program.process, 'message')
  return program
}

/**
 * Starts the built web server on a free port, and waits until it answers.
 * @param node the program that runs it, when it is not this Node.js
 */
export async function startWebProgram(
  env: Record<string, string>,
  node?: string,
): Promise<Program & { url: string }> {
  const end = Date.now() + START_LIMIT_MS
  while (Date.now() < end) {
    const port = await freePort()
    const program = start('dist/web.js', { ...env, PORT: String(port) }, node)
    const url = `http://localhost:${port}`
    // It ends at once when somebody else was given the same port meanwhile.
    const ended = () => program.process.exitCode !== null
    await waitUntil(async () => ended() || (await isReady(url)), end - Date.now())
    if (!ended() && (await isReady(url))) return { ...program, url }
    await program.stop('SIGKILL')
  }
  throw new Error('The web server was not ready in time')
}

function start(file: string, env: Record<string, string>, node?: string): Program {
  const child = fork(path.join(root, file), {
    ...(node ? { execPath: node } : {}),
    // What loads TypeScript here is of no use to built programs.
    execArgv: [],
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  const listen = (chunk: Buffer) => {
    said += chunk.toString()
    // Whoever asks for more than errors reads it here.
    if (!env.LOG_LEVEL) process.stderr.write(chunk)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  return {
    process: child,
    said: () => said,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    },
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/api/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}
