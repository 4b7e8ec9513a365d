import { rm } from 'node:fs/promises'
import { afterAll, beforeAll } from 'vitest'
import type { Proof } from './actors'
import { ownDatabase } from './own-database'
import { createDataDir, type Program, startWebProgram, startWorkerProgram } from './programs'

export type ApiApp = {
  url(): string
  /** A request with these headers; `body` is sent as JSON unless it is a form. */
  call(method: string, path: string, headers: Proof, body?: unknown): Promise<Response>
  /** Starts a worker for these queues; it ends with the app. */
  startWorker(queues: string[]): Promise<void>
  /** All that its programs have written to their output and their logs. */
  said(): string
}

/** Variables of both programs, or what finds them out. */
type Environment = Record<string, string> | (() => Promise<Record<string, string>>)

/**
 * Runs the built web server, and a worker for the queues named, on a database of the test file's
 * own that the test reaches too.
 */
export function apiApp(options: { queues?: string[]; env?: Environment } = {}): ApiApp {
  const programs: Program[] = []
  let url = ''
  let dataDir = ''
  let env: Record<string, string> = {}
  ownDatabase()

  beforeAll(async () => {
    dataDir = await createDataDir()
    process.env.DATA_DIR = dataDir
    const more = typeof options.env === 'function' ? await options.env() : options.env
    env = { DATABASE_URL: `${process.env.DATABASE_URL}`, DATA_DIR: dataDir, ...more }
    if (options.queues) await startWorker(options.queues)
    const web = await startWebProgram(env)
    programs.push(web)
    url = web.url
  })
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()))
    await rm(dataDir, { recursive: true, force: true })
  })

  async function startWorker(queues: string[]): Promise<void> {
    programs.push(await startWorkerProgram({ ...env, WORKER_QUEUES: queues.join(',') }))
  }

  return {
    url: () => url,
    startWorker,
    said: () => programs.map((program) => program.said()).join(''),
    call(method, path, headers, body) {
      const json = body !== undefined && !(body instanceof FormData)
      return fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body }),
      })
    },
  }
}
