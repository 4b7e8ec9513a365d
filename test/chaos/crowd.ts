import { pool } from '@/lib/db/pool'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { probe } from '@/test/support/probe'
import { type Cell, onBoth } from './cell'
import { endedProblems } from './load'

const BOUND_MS = 120_000
const LIMIT_MS = 180_000
const JOBS = 10_000
/** They are all there before their second comes. */
const AHEAD_MS = 20_000
const AT_ONCE = { WORKER_CONCURRENCY_PROBE: '100' }

type Seen = { early: number; last: Date | null; open: number }

const sameSecond = onBoth({
  name: 'same-second',
  fault: `${JOBS} jobs for the same second`,
  boundMs: BOUND_MS,
  async run(stage) {
    const { ledger, terms } = stage
    await stage.worker(AT_ONCE)
    await stage.worker(AT_ONCE)
    const jobs = terms.small ? JOBS / 20 : JOBS
    const runAt = new Date(Date.now() + AHEAD_MS / (terms.small ? 5 : 1))
    const items = Array.from({ length: jobs }, () => ({
      input: { ledger: ledger.effectsFile },
      runAt,
    }))
    const made = await transaction((tx) => enqueueMany(tx, probe, items, { ownerId: null }))
    ledger.acknowledgeBatch(made.batchId, made.count)
    const problems = await endedProblems(LIMIT_MS)
    const { rows } = await pool().query<Seen>(
      `SELECT count(*) FILTER (WHERE "startedAt" < "runAt")::int AS early, max("finishedAt") AS last,
         count(*) FILTER (WHERE "finishedAt" IS NULL)::int AS open
       FROM "Job" WHERE type = $1`,
      [probe.type],
    )
    const [seen] = rows
    const late = seen?.open === 0 && seen.last ? seen.last.getTime() - runAt.getTime() : undefined
    return {
      recoveryMs: late ?? Number.POSITIVE_INFINITY,
      problems: [
        ...problems,
        ...(seen?.early === 0 ? [] : [`${seen?.early} jobs began before their second`]),
      ],
    }
  },
})

/** Many at once. */
export const crowd: Cell[] = sameSecond
