import { beforeAll, expect, it, vi } from 'vitest'
import { pool } from '@/lib/db/pool'
import { isTerminal } from '@/lib/jobs/status'
import { createRandom } from '@/test/chaos/random'
import {
  type JobChange,
  type JobState,
  jobChanges,
  recordJobChanges,
  unsettledJobs,
} from '@/test/support/job-changes'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { countPending } from '@/test/support/pending-dispatch'
import { problemsOf, runsOfCanceled } from '@/test/support/transition-model'
import { relay } from '@/workers/supervisor/relay'
import { makeMove } from './moves'
import { beginPlay, endPlay, type Play } from './play'

ownDatabase()
beforeAll(recordJobChanges)

/** The first seed; the same one chooses the same moves again, whose order is the machine's to choose. */
const SEED = Number(process.env.TRANSITIONS_SEED ?? Date.now() % 1_000_000)
const ROUNDS = Number(process.env.TRANSITIONS_ROUNDS ?? 2)
const PLAYERS = 8
const MOVES = 60

it.each(Array.from({ length: ROUNDS }, (_, round) => SEED + round))(
  'all transitions at once lead only where the table says (TRANSITIONS_SEED=%i)',
  async (seed) => {
    await pool().query('TRUNCATE recorder.change, recorder.unsettled')
    const play = await beginPlay(await createViewer())
    const players = Array.from({ length: PLAYERS }, (_, player) =>
      createRandom(seed * 100 + player),
    )
    await Promise.all(
      players.map(async (random) => {
        for (let move = 0; move < MOVES; move++) await makeMove(play, random)
      }),
    )
    expect(await endPlay(play)).toBe(0)

    const changes = await jobChanges()
    expect(changes.length).toBeGreaterThan(PLAYERS * MOVES)
    expect(changes.flatMap(problemsOf)).toEqual([])
    expect(runsOfCanceled(changes)).toEqual([])
    expect(await unsettledJobs()).toEqual([])
    expectAnswered(play, changes)
    // Nothing is left to be handed over, nor to be taken for that.
    await vi.waitFor(async () => {
      await relay()
      expect(await countPending()).toBe(0)
    })
  },
)

type Held = { jobId: string; attempt: number; token: string }
const nameOf = ({ jobId, attempt, token }: Held) => `${jobId} ${attempt} ${token}`

/** Whoever changed a job was told so, and nobody of a change that there was not. */
function expectAnswered(play: Play, changes: JobChange[]): void {
  const made = {
    claimed: new Set<string>(),
    finished: new Set<string>(),
    canceled: [] as string[],
    retried: [] as string[],
  }
  for (const { jobId, before, after } of changes) {
    if (before && !after && !isTerminal(before.status)) expect(play.erased).toContain(jobId)
    if (!before || !after) continue
    const held = { jobId, attempt: after.attempt, token: after.claimToken ?? '' }
    if (after.attempt !== before.attempt) made.claimed.add(nameOf(held))
    else if (before.status === 'ACTIVE' && after.status !== 'ACTIVE' && after.claimToken) {
      made.finished.add(`${nameOf(held)} ${after.status}`)
    } else if (isCancel(before, after)) made.canceled.push(jobId)
    else if (isTerminal(before.status)) made.retried.push(jobId)
  }
  expect(new Set(play.claimed.map((one) => nameOf(one)))).toEqual(made.claimed)
  const finished = play.finished.map(({ ending, answer }) => `${nameOf(ending)} ${answer}`)
  expect([...made.finished].filter((one) => !finished.includes(one))).toEqual([])
  expect([...play.canceled].sort()).toEqual(made.canceled.sort())
  expect([...play.retried].sort()).toEqual(made.retried.sort())
}

function isCancel(before: JobState, after: JobState): boolean {
  if (before.status === 'ACTIVE') return before.cancelRequestedAt !== after.cancelRequestedAt
  return !isTerminal(before.status) && after.status === 'CANCELED'
}
