import { prisma } from '@/lib/db/prisma'
import { isTerminal } from '@/lib/jobs/status'
import { type Change, readHistory } from './history'
import type { Effect, Ledger } from './ledger'

export type Verified = {
  acknowledged: number
  completed: number
  /** Of those that had to fail. */
  failed: number
  problems: string[]
}

/**
 * Holds the invariants of `docs/architecture.md` against the records and the ledger: every
 * acknowledged job has one ending, written by its last attempt; attempts only grow; every run of a
 * handler is an attempt of the record, and no attempt ran twice.
 * @param failures jobs that had to fail, with the code of their error
 */
export async function verify(
  ledger: Ledger,
  failures: ReadonlyMap<string, string> = new Map(),
): Promise<Verified> {
  const [jobs, history] = await Promise.all([readJobs(), readHistory()])
  const changes = byJob(history)
  const effects = byJob(ledger.effects())
  const known = new Map(jobs.map((job) => [job.id, job]))
  const acknowledged = ledger.acknowledged()

  const lost = acknowledged.filter((id) => !known.has(id))
  const strays = [...effects.keys()].filter((id) => !known.has(id))
  const problems = [
    ...lost.map((id) => `${id} was acknowledged and has no record`),
    ...strays.map((id) => `${id} ran and has no record`),
    ...jobs.flatMap((job) =>
      [
        ...endingProblems(job, failures.get(job.id)),
        ...attemptProblems(job),
        ...historyProblems(changes.get(job.id) ?? []),
        ...effectProblems(job, effects.get(job.id) ?? []),
      ].map((problem) => `${job.id} ${problem}`),
    ),
  ]
  const ended = acknowledged.map((id) => known.get(id)?.status)
  return {
    acknowledged: acknowledged.length,
    completed: ended.filter((status) => status === 'COMPLETED').length,
    failed: [...failures.keys()].filter((id) => known.get(id)?.status === 'FAILED').length,
    problems,
  }
}

function readJobs() {
  return prisma().job.findMany({
    include: { attempts: { orderBy: { number: 'asc' } }, mail: true },
  })
}

type JobRecord = Awaited<ReturnType<typeof readJobs>>[number]

function endingProblems(job: JobRecord, failure: string | undefined): string[] {
  const wanted = failure ? 'FAILED' : 'COMPLETED'
  if (job.status !== wanted) {
    return [`is ${job.status}, not ${wanted}: ${JSON.stringify(job.error)}`]
  }
  const code = property(job.error, 'code')
  if (failure && code !== failure) return [`failed with the code ${code}, not ${failure}`]
  const writer = property(job.result, 'attempt')
  if (typeof writer === 'number' && writer !== job.attempt) {
    return [`has the result of attempt ${writer}, though attempt ${job.attempt} held it`]
  }
  return []
}

function attemptProblems({ attempt, attempts, status }: JobRecord): string[] {
  const numbers = attempts.map(({ number }) => number)
  if (numbers.length !== attempt || numbers.some((number, at) => number !== at + 1)) {
    return [`has attempts ${numbers.join(', ')}, though its last is ${attempt}`]
  }
  const open = attempts.filter(({ outcome }) => outcome === null).map(({ number }) => number)
  const completed = attempts.filter(({ outcome }) => outcome === 'COMPLETED')
  const right = status === 'COMPLETED' ? completed.length === 1 : completed.length === 0
  return [
    ...open.map((number) => `has no outcome of its attempt ${number}`),
    ...(right ? [] : [`is ${status} with ${completed.length} completed attempts`]),
    ...(completed.every(({ number }) => number === attempt)
      ? []
      : ['was completed by an attempt that was not its last']),
  ]
}

function historyProblems(changes: Change[]): string[] {
  const endings = changes.filter(({ status }) => isTerminal(status)).length
  const shrank = changes.some(({ attempt }, at) => attempt < (changes[at - 1]?.attempt ?? 0))
  return [
    ...(endings === 1 ? [] : [`reached a terminal state ${endings} times`]),
    ...(shrank ? ['had its attempts count down'] : []),
  ]
}

/**
 * Of a mail the effect is the mail in the outbox, of which there can be only one. What a schedule of
 * the system's own fires meanwhile, at a full hour, leaves no trace in the ledger.
 */
function effectProblems(job: JobRecord, effects: Effect[]): string[] {
  const { attempt, status, mail, ownerId, scheduleId } = job
  const isOfSystem = ownerId === null && scheduleId !== null
  const numbers = effects.map((effect) => effect.attempt).filter((number) => number > 0)
  const once = new Set(numbers).size === numbers.length
  return [
    ...(effects.length === 0 && !mail && !isOfSystem && status === 'COMPLETED'
      ? ['is completed and never ran']
      : []),
    ...(effects.length > attempt ? [`ran ${effects.length} times in ${attempt} attempts`] : []),
    ...(once ? [] : [`ran an attempt twice: ${numbers.join(', ')}`]),
    ...(numbers.some((number) => number > attempt) ? ['ran an attempt it does not know'] : []),
  ]
}

function byJob<T extends { jobId: string }>(items: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(item.jobId, [...(groups.get(item.jobId) ?? []), item])
  return groups
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
