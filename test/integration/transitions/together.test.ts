import { expect, it } from 'vitest'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { isTerminal } from '@/lib/jobs/status'
import { cancelJobs } from '@/lib/jobs/transitions/cancel'
import { promoteJobs } from '@/lib/jobs/transitions/promote'
import { removeJobs } from '@/lib/jobs/transitions/remove'
import { retryJobs } from '@/lib/jobs/transitions/retry'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

/** From which states each transition may lead away. */
const table = {
  retry: { change: retryJobs, from: ['FAILED', 'CANCELED'] },
  cancel: { change: cancelJobs, from: ['SCHEDULED', 'QUEUED', 'ACTIVE', 'RETRYING'] },
  promote: { change: promoteJobs, from: ['SCHEDULED', 'RETRYING'] },
  remove: { change: removeJobs, from: ['COMPLETED', 'FAILED', 'CANCELED'] },
} as const
type Verb = keyof typeof table

const JOBS = 40
const CONNECTIONS = 6
const ROUNDS = 40

/** Repeats itself for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

it.each([1, 2, 3])(
  'transitions from several connections leave no state that the table does not allow, seed %i [C5.1]',
  async (seed) => {
    const { userId } = await createViewer()
    const begun: JobStatus[] = ['SCHEDULED', 'QUEUED', 'RETRYING', 'FAILED']
    const ids: string[] = []
    for (let n = 0; n < JOBS; n++) {
      ids.push(await createJobRecord(userId, 'email', {}, begun[n % begun.length]))
    }
    const due = new Date(Date.now() + 3_600_000)
    // Every fourth job is the same work as the others of these.
    await prisma().$executeRaw`
    UPDATE "Job" SET "runAt" = ${due},
      "nextAttemptAt" = CASE status WHEN 'RETRYING' THEN ${due}::timestamptz END,
      "finishedAt" = CASE status WHEN 'FAILED' THEN now() END,
      "dedupeKey" = CASE WHEN status = 'FAILED' THEN 'the same work' END
    WHERE "ownerId" = ${userId}::uuid`

    const changes: { verb: Verb; id: string; was: JobStatus }[] = []
    async function drive(random: (below: number) => number): Promise<void> {
      const verbs: Verb[] = ['retry', 'retry', 'cancel', 'cancel', 'promote', 'promote']
      for (let round = 0; round < ROUNDS; round++) {
        const verb = random(40) === 0 ? 'remove' : (verbs[random(verbs.length)] ?? 'retry')
        const some = ids.filter(() => random(3) === 0)
        const changed = await transaction((tx) => table[verb].change(tx, some))
        changes.push(...changed.map(({ id, was }) => ({ verb, id, was })))
      }
    }
    await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, n) => drive(randomFrom(seed * 100 + n))),
    )

    for (const { verb, was } of changes) expect(table[verb].from).toContain(was)
    const left = new Map(
      (await prisma().job.findMany({ where: { ownerId: userId } })).map((job) => [job.id, job]),
    )
    const count = (verb: Verb, id: string) =>
      changes.filter((change) => change.verb === verb && change.id === id).length
    for (const [index, id] of ids.entries()) {
      const job = left.get(id)
      const wasOpen = begun[index % begun.length] === 'FAILED' ? 0 : 1
      const isOpen = job && !isTerminal(job.status) ? 1 : 0
      // Whatever opened a job was ended by one cancel.
      expect(wasOpen + count('retry', id) - count('cancel', id)).toBe(isOpen)
      expect(count('remove', id)).toBe(job ? 0 : 1)
      expect(job?.finishedAt === null).toBe(isOpen === 1)
    }
    const same = [...left.values()].filter((job) => job.dedupeKey && !isTerminal(job.status))
    expect(same.length).toBeLessThanOrEqual(1)
    const [endings] = await prisma().$queryRaw<{ count: number }[]>`
      SELECT COALESCE(sum(count), 0)::int AS count FROM "JobEnding"`
    expect(endings?.count).toBe(changes.filter(({ verb }) => verb === 'cancel').length)
    await prisma().$executeRaw`DELETE FROM "JobEnding"`
    await prisma().$executeRaw`UPDATE "Job" SET "dedupeKey" = NULL`
  },
)
