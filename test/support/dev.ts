import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { freePort } from '@/bin/launcher/ports'
import { waitUntil } from '@/bin/postgres/processes'
import { type Checkout, ownEnvironment } from './checkout'

const START_LIMIT_MS = 180_000
const LIMIT_MS = 60_000

/** `npm run dev` of a checkout. */
export type Dev = {
  url: string
  /** All it has written so far, to either stream. */
  said(): string
  /** Waits until it has written this since the last call. */
  says(text: string): Promise<void>
  /** @returns its exit code */
  stop(): Promise<number | null>
}

/** Starts it on a database, and waits until it is ready. */
export async function startDev(
  checkout: Checkout,
  databaseUrl: string,
  node = process.execPath,
): Promise<Dev> {
  const port = await freePort()
  const child: ChildProcess = spawn(node, [path.join(checkout.folder, 'bin/dev.mjs')], {
    cwd: checkout.folder,
    env: {
      ...ownEnvironment(),
      PORT: `${port}`,
      DATABASE_URL: databaseUrl,
      DATA_DIR: path.join(checkout.folder, '.data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let read = 0
  const listen = (chunk: Buffer) => {
    said += chunk.toString()
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const says = async (text: string, limitMs = LIMIT_MS) => {
    const heard = () => child.exitCode !== null || said.includes(text, read)
    if (!(await waitUntil(heard, limitMs)) || child.exitCode !== null) {
      throw new Error(`npm run dev did not say “${text}”:\n${said.slice(read)}`)
    }
    read = said.indexOf(text, read) + text.length
  }
  await says('Millrace is ready', START_LIMIT_MS)
  return {
    url: `http://localhost:${port}`,
    said: () => said,
    says,
    async stop() {
      if (child.exitCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}
