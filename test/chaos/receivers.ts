import type http from 'node:http'
import {
  type Application,
  casualties,
  post,
  startApplication,
  unexpected,
  webhookTo,
} from './application'
import { type Cell, onBoth } from './cell'
import { lastEndAfter, untilEnded } from './load'
import type { Behaviour } from './receiver'

/** More hang than fit at once: two rounds of 30 s, each with 5 s and a bit until the next attempt. */
const BOUND_MS = 90_000
/** What other queues may take while receivers hang. */
const OTHERS_MS = 10_000
const LIMIT_MS = 150_000
const DRIP_EVERY_MS = 500

/** More than the worker sends at once. */
const HANGING = 25

const recovers = (fault: (response: http.ServerResponse) => void): Behaviour => {
  return (response, earlier) => (earlier === 0 ? fault(response) : response.end('ok'))
}

const behaviours: Record<string, Behaviour> = {
  '/hangs': recovers(() => undefined),
  '/drips': recovers((response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('.'), DRIP_EVERY_MS)
    response.once('close', () => clearInterval(timer))
  }),
  '/resets': recovers((response) => response.socket?.resetAndDestroy()),
  '/breaks': recovers((response) => response.writeHead(500).end()),
  '/refuses': (response) => response.writeHead(404).end(),
}

const welcome = (at: number) => ({
  type: 'email',
  input: { to: `ann${at}@example.com`, template: 'notice' },
})

const misbehaving = onBoth({
  name: 'receivers',
  fault: 'receivers hang, drip, reset, answer 500, 404',
  boundMs: BOUND_MS,
  async run(stage) {
    const application = await startApplication(stage)
    for (const [path, behaviour] of Object.entries(behaviours)) {
      application.receiver.behave(path, behaviour)
    }
    const since = Date.now()
    const send = (path: string) => post(stage, application, webhookTo(application, path))
    const hooks = await inTurn(HANGING, () => send('/hangs'))
    for (const path of ['/drips', '/resets', '/breaks'])
      hooks.push(...(await inTurn(5, () => send(path))))
    const refused = await inTurn(5, () => send('/refuses'))
    const mails = await inTurn(10, (at) => post(stage, application, welcome(at)))
    for (const id of idsOf(refused)) stage.expectations.fails(id, 'http_404')
    return seen(application, since, hooks.concat(refused), mails)
  },
})

type Answers = Awaited<ReturnType<typeof post>>[]

async function seen(application: Application, since: number, hooks: Answers, mails: Answers) {
  const mailed = await untilEnded(OTHERS_MS, idsOf(mails))
  const ended = await untilEnded(LIMIT_MS)
  return {
    recoveryMs: await lastEndAfter(since, idsOf(hooks)),
    problems: [
      ...(mailed ? [] : ['The mails waited for the webhooks']),
      ...(ended ? [] : ['Not all jobs ended in time']),
      ...casualties(application),
      ...unexpected([...hooks, ...mails], [202]),
    ],
  }
}

async function inTurn<T>(times: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let at = 0; at < times; at++) made.push(await work(at))
  return made
}

function idsOf(answers: Answers): string[] {
  return answers.flatMap(({ id }) => id ?? [])
}

/** Receivers of webhooks that do not do their part. */
export const receivers: Cell[] = misbehaving
