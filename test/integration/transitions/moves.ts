import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { isDatabaseAway } from '@/lib/db/away'
import { pool } from '@/lib/db/pool'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { enqueueEach } from '@/lib/jobs/enqueue-each'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { cancelJobs } from '@/lib/jobs/transitions/cancel'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { queueDueJobs } from '@/lib/jobs/transitions/due'
import type { Ending } from '@/lib/jobs/transitions/finish'
import { prioritizeJob } from '@/lib/jobs/transitions/prioritize'
import { promoteJobs } from '@/lib/jobs/transitions/promote'
import { recoverJobs } from '@/lib/jobs/transitions/recover'
import { removeJobs } from '@/lib/jobs/transitions/remove'
import { retryJobs } from '@/lib/jobs/transitions/retry'
import type { Random } from '@/test/chaos/random'
import { probe, singleProbe } from '@/test/support/probe'
import { relay } from '@/workers/supervisor/relay'
import { addWorker, claim, completed, finish, idsOf, type Play } from './play'

const HOUR_MS = 3_600_000
/** Jobs that moves are made with: few, so that they meet. */
const IN_PLAY = 40

type Move = (play: Play, random: Random) => Promise<unknown>

const someJobs = ({ jobs }: Play, random: Random, most = 8) =>
  random.some(jobs, random.between(1, most))

const moves: Record<string, Move> = {
  async enqueue(play, random) {
    const { userId: ownerId } = play.owner
    const delayMs = random.pick([0, 0, 0, 5, 30, HOUR_MS])
    const idempotencyKey = random.fraction() < 0.3 ? `key-${random.between(1, 5)}` : undefined
    const options = { ownerId, delayMs, idempotencyKey }
    const definition = random.pick([probe, probe, singleProbe])
    if (random.fraction() < 0.3) {
      const { job } = await enqueue(prisma(), definition, {}, options)
      play.jobs.push(job.id)
    } else if (random.fraction() < 0.5) {
      const requests = Array.from({ length: 4 }, () => ({ definition, input: {}, options }))
      await inTransaction(
        random,
        (tx) => enqueueEach(tx, requests),
        (made) => play.jobs.push(...made.flatMap((one) => ('job' in one ? [one.job.id] : []))),
      )
    } else {
      const items = Array.from({ length: 4 }, () => ({ input: {}, delayMs }))
      const { batchId } = await transaction((tx) => enqueueMany(tx, probe, items, { ownerId }))
      play.jobs.push(...idsOf(await prisma().job.findMany({ where: { batchId } })))
    }
    play.jobs.splice(0, play.jobs.length - IN_PLAY)
  },

  async claim(play, random) {
    const deliveries = someJobs(play, random, 12).map((jobId) => ({ jobId, token: randomUUID() }))
    const worker = random.pick(play.workers.slice(-4))
    const claims = [claim(play, deliveries, worker)]
    // As after an answer that got lost while its statement goes on.
    if (random.fraction() < 0.2) {
      const again = deliveries.map((delivery) => ({ ...delivery, again: true }))
      claims.push(claim(play, again, worker))
    }
    play.held.push(...((await Promise.all(claims)).at(-1) ?? []))
  },

  async finish(play, random) {
    const ended = random.some(play.held, random.between(1, 8))
    // Some answers get lost: the same is said once more later.
    const kept = new Set(ended.filter(() => random.fraction() < 0.1))
    play.held = play.held.filter((attempt) => kept.has(attempt) || !ended.includes(attempt))
    await finish(
      play,
      ended.map((attempt) => endingOf(attempt, random)),
    )
  },

  async cancel(play, random) {
    const ids = someJobs(play, random, 3)
    await inTransaction(
      random,
      (tx) => cancelJobs(tx, ids),
      (done) => play.canceled.push(...idsOf(done)),
    )
  },

  async retry(play, random) {
    const ids = someJobs(play, random)
    await inTransaction(
      random,
      (tx) => retryJobs(tx, ids),
      (done) => play.retried.push(...idsOf(done)),
    )
  },

  async promote(play, random) {
    const later = new Date(Date.now() + random.pick([20, HOUR_MS]))
    const at = random.fraction() < 0.3 ? later : undefined
    const ids = someJobs(play, random)
    await inTransaction(random, (tx) => promoteJobs(tx, ids, at))
  },

  async prioritize({ jobs, owner }, random) {
    await prioritizeJob(owner, random.pick(jobs), random.between(10, 20)).catch(refused)
  },

  async remove(play, random) {
    const open = random.fraction() < 0.1
    const ids = someJobs(play, random, 2)
    if (open) play.erased.push(...ids)
    await inTransaction(random, (tx) => removeJobs(tx, ids, { open }))
  },

  /** Another pause, or none. */
  async pause({ owner }, random) {
    await prisma().pause.deleteMany()
    if (random.fraction() < 0.4) return
    const type = random.pick([null, probe.type, singleProbe.type])
    const about = { type, ownerId: owner.userId, reason: 'A test' }
    await prisma().pause.create({ data: { id: uuidv7(), ...about } })
  },

  relay: () => relay(),

  due: () => queueDueJobs(),

  async recover(play, random) {
    await endWorker(random.pick(play.workers.slice(-3)), random)
    await addWorker(play)
    await recoverJobs()
  },
}

/** How often each is made. */
const order = [
  ...['enqueue', 'enqueue', 'enqueue', 'claim', 'claim', 'claim', 'claim', 'claim'],
  ...['finish', 'finish', 'finish', 'finish', 'cancel', 'cancel', 'retry', 'retry'],
  ...['promote', 'prioritize', 'remove', 'due', 'recover', 'pause', 'relay'],
]

/** Makes one move; one that stood in a deadlock was none. */
export async function makeMove(play: Play, random: Random): Promise<void> {
  const name = play.jobs.length === 0 ? 'enqueue' : random.pick(order)
  await moves[name]?.(play, random).catch(unlessAway)
}

/** A move that is made in a transaction, which now and then is undone. */
function inTransaction<T>(
  random: Random,
  change: (tx: Database) => Promise<T>,
  committed: (result: T) => void = () => undefined,
): Promise<void> {
  const undone = random.fraction() < 0.1
  return transaction(async (tx) => {
    const result = await change(tx)
    if (undone) throw new UndoneError('It is undone')
    return result
  }).then(committed, (error: unknown) => {
    if (!(error instanceof UndoneError)) throw error
  })
}

class UndoneError extends Error {}

function unlessAway(error: unknown): undefined {
  if (!isDatabaseAway(error)) throw error
}

function refused(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AppError')) throw error
}

function endingOf(claimed: ClaimedAttempt, random: Random): Ending {
  const { jobId, attempt, token, maxAttempts } = claimed
  const held = { jobId, attempt, token }
  const error = { name: 'Error', message: 'It failed' }
  const retryInMs = random.pick([0, 5, 20])
  return random.pick<Ending>([
    completed(claimed),
    { ...held, outcome: 'FAILED', status: 'FAILED', error },
    {
      ...held,
      outcome: 'FAILED',
      status: 'RETRYING',
      error,
      retryInMs,
      uncounted: attempt >= maxAttempts,
    },
    { ...held, outcome: 'INTERRUPTED', status: 'RETRYING', error, uncounted: true },
  ])
}

/** A worker dies in one of the ways there are; what it claims after that is lost, too. */
async function endWorker(id: string, random: Random): Promise<void> {
  const lost = random.pick(['now()', 'NULL'])
  const by = random.pick([
    'NULL',
    `(SELECT id FROM "Job" WHERE "workerId" = worker.id AND status = 'ACTIVE' LIMIT 1)`,
  ])
  await pool().query(
    `UPDATE "Worker" worker SET "stoppedAt" = now(), "lostAt" = ${lost}, "crashedBy" = ${by} WHERE id = $1`,
    [id],
  )
}
