import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { waitUntil } from '@/bin/postgres/processes'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { type Program, startWebProgram, startWorkerProgram } from '@/test/support/programs'
import { type Receiver, startReceiver } from './receiver'
import { isRunning, type Stage } from './stage'
import { keepAsking, settleIn } from './traffic'

/** Longest a client waits for an answer; none may take so long. */
const PATIENCE_MS = 60_000

/** One answer of the API; status 0: none came. */
export type Answer = { status: number; ms: number; at: number; id?: string }

export type Application = {
  url: string
  user: ApiUser
  receiver: Receiver
  worker: Program
  web: Program
}

/** What the programs of a cell share. */
export function environmentOf({ ledger }: Stage): Record<string, string> {
  return { DATA_DIR: ledger.folder, WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8', LOG_LEVEL: 'warn' }
}

/** The built web server and the built worker, with a user and a receiver of webhooks. */
export async function startApplication(
  stage: Stage,
  env: Record<string, string> = {},
): Promise<Application> {
  const receiver = await startReceiver(stage.ledger)
  stage.onClose(() => receiver.close())
  const shared = { ...environmentOf(stage), ...env }
  const user = await createApiUser()
  await settleIn(user.userId, receiver)
  const worker = await startWorkerProgram(shared)
  stage.onClose(() => endLogged(worker))
  const web = await startWebProgram(shared)
  stage.onClose(() => endLogged(web))
  return { url: web.url, user, receiver, worker, web }
}

/** What it wrote stands in the log of the cell. */
async function endLogged(program: Program): Promise<void> {
  await program.stop('SIGKILL')
  console.log(program.said())
}

const accepted = z.object({ job: z.object({ id: z.string() }) })

/** Creates a job through the API, and notes it once it is acknowledged. */
export async function post(
  stage: Stage,
  { url, user }: Application,
  body: { type: string; input: unknown },
): Promise<Answer> {
  const at = Date.now()
  const started = performance.now()
  try {
    const response = await fetch(`${url}/api/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${user.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const answer = await response.json()
    const ms = performance.now() - started
    if (response.status !== 202) return { status: response.status, ms, at }
    const { id } = accepted.parse(answer).job
    stage.ledger.acknowledge(id)
    return { status: 202, ms, at, id }
  } catch {
    return { status: 0, ms: performance.now() - started, at }
  }
}

/** A webhook to the application's own receiver. */
export function webhookTo({ receiver }: Application, path = '/') {
  return {
    type: 'webhook',
    input: { url: `${receiver.url}${path}`, event: 'chaos.tested', payload: { at: Date.now() } },
  }
}

/** Clients at the same time, and the pause of each between two requests. */
const CLIENTS = 4
const PAUSE_MS = 150

/** Goes on creating webhooks through the API, whatever it answers, beside work of every other kind. */
export function keepPosting(stage: Stage, application: Application) {
  const answers: Answer[] = []
  let stopped = false
  const client = async () => {
    while (!stopped) {
      answers.push(await post(stage, application, webhookTo(application)))
      await pause(PAUSE_MS)
    }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, client))
  const traffic = keepAsking(stage, application.user.userId, application.receiver)
  stage.onClose(() => {
    stopped = true
  })
  return {
    /** The ids of the jobs acknowledged so far. */
    ids: () => answers.flatMap(({ id }) => id ?? []),
    /** Waits until so many more requests were answered. */
    async answered(more: number): Promise<void> {
      const wanted = answers.length + more
      const came = await waitUntil(() => answers.length >= wanted, 2 * PATIENCE_MS)
      if (!came) throw new Error('The API does not answer')
    },
    /** Stops, and waits for the answers that are still to come. */
    async stop(): Promise<Answer[]> {
      stopped = true
      await clients
      await traffic.stop()
      return answers
    },
  }
}

/** Says what the fault did to the programs: no fault outside of them may end one. */
export function casualties({ web, worker }: Application): string[] {
  return [
    ...(isRunning(web.process) ? [] : ['The web server ended']),
    ...(isRunning(worker.process) ? [] : ['The worker ended']),
  ]
}

/** Says which answers of the API were neither of these. */
export function unexpected(answers: Answer[], right: number[]): string[] {
  const wrong = answers.filter(({ status }) => !right.includes(status)).map(({ status }) => status)
  return [...new Set(wrong)].map((status) => {
    const times = wrong.filter((each) => each === status).length
    return `The API answered ${status || 'nothing'} ${times} times of ${answers.length}`
  })
}

/** The time within which 99 of 100 of these requests were answered, in milliseconds. */
export function p99(answers: Answer[]): number {
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  return times[Math.ceil(times.length * 0.99) - 1] ?? 0
}
