import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '@/bin/setup/root.mjs'
import { prisma } from '@/lib/db/prisma'
import { kill } from '@/test/support/engine'
import { casualties, keepPosting, startApplication, unexpected } from './application'
import { BOUNDS, type Cell } from './cell'
import { endedProblems, enqueueSlow, lastEndAfter, untilEnded, untilRan } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 120_000
const START_LIMIT_MS = 45_000

/** Without Redis, though the others have it. */
const OTHER_BACKEND = { REDIS_URL: '' }

const together: Cell = {
  name: 'two-backends',
  fault: 'a worker on PostgreSQL’s queues started beside one on Redis [R11]',
  backend: 'redis',
  boundMs: BOUNDS.workerDeath,
  async run(stage) {
    const application = await startApplication(stage)
    const client = keepPosting(stage, application)
    await client.answered(20)
    const since = Date.now()
    const problems = await refusalProblems(stage)
    const recoveryMs = Date.now() - since
    await client.answered(20)
    const answers = await client.stop()
    problems.push(...(await endedProblems(LIMIT_MS)))
    const repairs = await prisma().repairTotal.aggregate({ _sum: { count: true } })
    const repaired = Number(repairs._sum.count ?? 0)
    return {
      recoveryMs,
      problems: [
        ...problems,
        ...(repaired === 0 ? [] : [`They made ${repaired} repairs against each other`]),
        ...casualties(application),
        ...unexpected(answers, [202]),
      ],
    }
  },
}

/** The second one ends by itself, and says what the first one's queues are on. */
async function refusalProblems(stage: Stage): Promise<string[]> {
  const env = { ...process.env, ...OTHER_BACKEND, LOG_LEVEL: 'info' }
  const second = fork(path.join(root, 'dist/worker.js'), [], {
    execArgv: [],
    env: { ...env, NODE_ENV: 'production', DATA_DIR: stage.ledger.folder },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  stage.onClose(() => second.kill('SIGKILL'))
  let said = ''
  for (const stream of [second.stdout, second.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const code = await exitCode(second)
  if (code === undefined) {
    await kill(second, 'SIGTERM')
    return ['The second worker started']
  }
  return [
    ...(code === 0 ? ['The second worker ended as if all were well'] : []),
    ...(said.includes('Redis') && said.includes('PostgreSQL')
      ? []
      : [`The second worker did not say why: ${said.slice(-500)}`]),
  ]
}

/** Undefined when it goes on. */
async function exitCode(child: ChildProcess): Promise<number | null | undefined> {
  const limit = new AbortController()
  const ended = once(child, 'exit', { signal: limit.signal }).then(([code]) => Number(code))
  const late = pause(START_LIMIT_MS, undefined, { signal: limit.signal })
  try {
    return await Promise.race([ended, late])
  } finally {
    limit.abort()
    await Promise.allSettled([ended, late])
  }
}

const JOBS = 200
const JOB_MS = 400

const moved: Cell = {
  name: 'moved-backends',
  fault: 'Redis → PostgreSQL → Redis, workers killed in between',
  backend: 'redis',
  boundMs: BOUNDS.queueLoss,
  async run(stage) {
    const ids: string[] = []
    while (ids.length < JOBS) ids.push(await enqueueSlow(stage, { ms: JOB_MS }))
    const first = await stage.worker()
    await untilRan(stage, JOBS / 10)
    await pause(stage.random.between(0, JOB_MS))
    await kill(first)
    const second = await startWhenAllowed(stage, OTHER_BACKEND)
    await untilRan(stage, JOBS / 2, LIMIT_MS)
    await pause(stage.random.between(0, JOB_MS))
    await kill(second)
    await startWhenAllowed(stage, {})
    const since = Date.now()
    const ended = await untilEnded(LIMIT_MS)
    return {
      recoveryMs: await lastEndAfter(since, ids),
      problems: ended ? [] : ['Not all jobs ended in time'],
    }
  },
}

/** A killed worker counts as living for a while, and others must not start on another backend beside it. */
async function startWhenAllowed(stage: Stage, env: Record<string, string>): Promise<ChildProcess> {
  const end = Date.now() + START_LIMIT_MS
  for (;;) {
    try {
      return await stage.worker(env)
    } catch (error) {
      if (Date.now() > end) throw error
      await pause(2_000)
    }
  }
}

/** Both backends in turn, and both at once. */
export const backends: Cell[] = [together, moved]
