import { setTimeout as wait } from 'node:timers/promises'
import { prisma } from '@/lib/db/prisma'
import type { MaintenanceInput, UserRemoval } from '@/lib/jobs/types/maintenance'
import { cancelOpenJobs, hasOpenJobs } from '@/lib/users/cancel-jobs'
import { countHoldings } from '@/lib/users/holdings'
import { continueRemoval } from '@/lib/users/removal'
import type { JobContext } from '@/workers/runtime/handler'
import type { Task } from './task'
import { finishRemoval } from './user/finish-removal'
import { type Person, removalSteps } from './user/removal-steps'

/** How long one job may go on; other work of the system waits meanwhile. */
const PART_MS = 5 * 60_000
/** How long running jobs have to stop before the attempt is given up. */
const STOP_MS = 60_000
const LOOK_EVERY_MS = 500

/**
 * Removes somebody's data, or what is personal of it, slice by slice. What a stop leaves, the next
 * attempt finds: each slice is what is still there.
 */
export const removeUser: Task = async (job) => {
  const removal = removalOf(job.input)
  const person = await findPerson(removal)
  if (!person) {
    job.log('Nothing is left to be done')
    return {}
  }
  await stopJobs(person, job)
  const removed = await runSteps(person, removal, job)
  const counts = [...removed].filter(([, count]) => count > 0)
  for (const [what, count] of counts) job.log(`${what}: ${count}`)
  return Object.fromEntries(counts)
}

function removalOf(input: MaintenanceInput): UserRemoval {
  if (input.task !== 'remove-user') throw new Error('This is no removal')
  return input
}

/** Null when it is done, or another removal has overtaken this one. */
function findPerson({ userId, way }: UserRemoval): Promise<Person | null> {
  return prisma().user.findFirst({
    where: {
      id: userId,
      ...(way === 'delete' ? { removal: 'DELETE' } : { removal: 'ANONYMIZE', anonymizedAt: null }),
    },
    select: { id: true, email: true },
  })
}

type Job = JobContext<MaintenanceInput>

/** Nothing of theirs may run, or begin to, while it goes. */
async function stopJobs({ id }: Person, { signal, progress }: Job): Promise<void> {
  const until = Date.now() + STOP_MS
  progress(0, 'Running jobs are being stopped')
  await cancelOpenJobs(id)
  while (await hasOpenJobs(id)) {
    if (Date.now() > until) throw new Error('Jobs of this account are still running')
    await wait(LOOK_EVERY_MS, undefined, { signal })
    await cancelOpenJobs(id)
  }
}

async function runSteps(
  person: Person,
  removal: UserRemoval,
  { signal, progress }: Job,
): Promise<Map<string, number>> {
  const until = Date.now() + PART_MS
  const { jobs, files } = await countHoldings(person.id)
  const total = jobs + files
  const removed = new Map<string, number>()
  do {
    for (const { what, slice } of removalSteps(removal.way)) {
      let after: string | null = null
      do {
        signal.throwIfAborted()
        if (Date.now() > until) {
          await continueRemoval(removal)
          return removed
        }
        const { done, next } = await slice(person, after)
        after = next
        removed.set(what, (removed.get(what) ?? 0) + done)
        const seen = (removed.get('jobs') ?? 0) + (removed.get('files') ?? 0)
        progress(total ? Math.min(99, Math.round((100 * seen) / total)) : 99, wordsOf(removed))
      } while (after)
    }
  } while (!(await finishRemoval(removal)))
  progress(100, wordsOf(removed))
  return removed
}

function wordsOf(removed: Map<string, number>): string {
  const sum = [...removed.values()].reduce((total, count) => total + count, 0)
  return `${sum.toLocaleString('en-US')} records done`
}
