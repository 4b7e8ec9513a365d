import type { Expectations } from '../expectations'
import { readHistory } from '../history'
import type { Ledger } from '../ledger'
import { batchProblems } from './batches'
import { eventProblems } from './events'
import { figureProblems } from './figures'
import { notificationProblems } from './notifications'
import type { Problem, ProblemKind } from './problem'
import { jobProblems, readJobs } from './records'
import { scheduleProblems } from './schedules'
import { settle } from './settle'

export type Verified = {
  /** Jobs, those of batches too. */
  acknowledged: number
  /** Of those that were acknowledged singly. */
  completed: number
  failed: number
  canceled: number
  lost: number
  twice: number
  stuck: number
  problems: string[]
}

/**
 * Holds the invariants of `docs/architecture.md` against the records and the ledger: every
 * acknowledged job has one ending in time, written by its last attempt; attempts only grow; every run
 * of a handler is an attempt of the record, and no attempt ran twice; batches are whole; what follows
 * from endings (notifications, mails, events, figures) followed once; each time of a schedule
 * made one job.
 */
export async function verify(ledger: Ledger, expectations: Expectations): Promise<Verified> {
  await settle()
  const [jobs, history] = await Promise.all([readJobs(), readHistory()])
  const changes = byJob(history)
  const effects = byJob(ledger.effects())
  const known = new Map(jobs.map((job) => [job.id, job]))
  const acknowledged = ledger.acknowledged()
  const problems: Problem[] = [
    ...acknowledged
      .filter((id) => !known.has(id))
      .map((id) => ({ kind: 'lost' as const, text: `${id} was acknowledged and has no record` })),
    ...[...effects.keys()]
      .filter((id) => !known.has(id))
      .map((id) => ({ kind: 'other' as const, text: `${id} ran and has no record` })),
    ...jobs.flatMap((job) =>
      jobProblems(
        job,
        expectations.of(job.id),
        changes.get(job.id) ?? [],
        effects.get(job.id) ?? [],
      ),
    ),
    ...(await batchProblems(ledger)),
    ...(await notificationProblems()),
    ...(await eventProblems()),
    ...(await scheduleProblems()),
    ...(await figureProblems()),
  ]
  const ended = acknowledged.map((id) => known.get(id)?.status)
  const inBatches = ledger.acknowledgedBatches().reduce((sum, batch) => sum + batch.count, 0)
  const count = (kind: ProblemKind) => problems.filter((problem) => problem.kind === kind).length
  return {
    acknowledged: acknowledged.length + inBatches,
    completed: ended.filter((status) => status === 'COMPLETED').length,
    failed: ended.filter((status) => status === 'FAILED').length,
    canceled: ended.filter((status) => status === 'CANCELED').length,
    lost: count('lost'),
    twice: count('twice'),
    stuck: count('stuck'),
    problems: problems.map(({ text }) => text),
  }
}

function byJob<T extends { jobId: string }>(items: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(item.jobId)
    if (group) group.push(item)
    else groups.set(item.jobId, [item])
  }
  return groups
}
