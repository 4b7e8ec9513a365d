import { prisma } from '@/lib/db/prisma'
import { isTerminal } from '@/lib/jobs/status'
import { BALLAST } from '../ballast'
import type { Expected } from '../expectations'
import type { Change } from '../history'
import type { Effect } from '../ledger'
import { other, type Problem } from './problem'

export function readJobs() {
  return prisma().job.findMany({
    where: { NOT: { tags: { has: BALLAST } } },
    include: { attempts: { orderBy: { number: 'asc' } }, mail: { select: { id: true } } },
  })
}

export type JobRecord = Awaited<ReturnType<typeof readJobs>>[number]

/** What is wrong with one job, as sentences that begin with its id. */
export function jobProblems(
  job: JobRecord,
  expected: Expected,
  changes: Change[],
  effects: Effect[],
): Problem[] {
  return [
    ...endingProblems(job, expected),
    ...attemptProblems(job),
    ...cancelProblems(job, expected),
    ...historyProblems(changes, expected),
    ...effectProblems(job, effects),
  ].map(({ kind, text }) => ({ kind, text: `${job.id} ${text}` }))
}

function endingProblems(job: JobRecord, expected: Expected): Problem[] {
  if (!isTerminal(job.status)) {
    const due = job.nextAttemptAt ?? job.runAt
    const waited = Math.round((Date.now() - due.getTime()) / 1_000)
    if (waited < 0) return []
    const text = `is ${job.status} in attempt ${job.attempt}, ${waited} s after it was due`
    return [{ kind: 'stuck', text: `${text}: ${shown(job.error)}` }]
  }
  if (!allowedEndings(expected).includes(job.status)) {
    const wanted = allowedEndings(expected).join(' or ')
    return [other(`is ${job.status}, not ${wanted}: ${shown(job.error)}`)]
  }
  const code = property(job.error, 'code')
  if (expected.failure && job.status === 'FAILED' && code !== expected.failure) {
    return [other(`failed with the code ${code}, not ${expected.failure}`)]
  }
  const writer = property(job.result, 'attempt')
  if (job.status === 'COMPLETED' && typeof writer === 'number' && writer !== job.attempt) {
    return [other(`has the result of attempt ${writer}, though attempt ${job.attempt} held it`)]
  }
  return []
}

/** An error without its stack. */
function shown(error: unknown): string {
  if (error === null) return 'no error'
  return `${property(error, 'code')} ${property(error, 'message')}`.slice(0, 200)
}

/** What was running when its cancel was accepted may be done before it hears of it. */
function allowedEndings(expected: Expected): string[] {
  if (expected.canceledAt !== undefined) return ['CANCELED', 'COMPLETED']
  if (expected.maybeCanceled) return ['CANCELED', 'COMPLETED', 'FAILED']
  if (expected.eitherWay) return ['COMPLETED', 'FAILED']
  return expected.failure ? ['FAILED'] : ['COMPLETED']
}

function attemptProblems({ attempt, attempts, status }: JobRecord): Problem[] {
  const numbers = attempts.map(({ number }) => number)
  if (numbers.length !== attempt || numbers.some((number, at) => number !== at + 1)) {
    return [other(`has attempts ${numbers.join(', ')}, though its last is ${attempt}`)]
  }
  if (!isTerminal(status)) return []
  const open = attempts.filter(({ outcome }) => outcome === null).map(({ number }) => number)
  const completed = attempts.filter(({ outcome }) => outcome === 'COMPLETED')
  const right = status === 'COMPLETED' ? completed.length === 1 : completed.length === 0
  return [
    ...open.map((number) => other(`has no outcome of its attempt ${number}`)),
    ...(right || status === 'CANCELED'
      ? []
      : [other(`is ${status} with ${completed.length} completed attempts`)]),
    ...(completed.every(({ number }) => number === attempt)
      ? []
      : [other('was completed by an attempt that was not its last')]),
  ]
}

/** Once somebody was told that a job is canceled, it never begins another attempt. */
function cancelProblems({ attempts }: JobRecord, { canceledAt }: Expected): Problem[] {
  if (canceledAt === undefined) return []
  return attempts
    .filter(({ startedAt }) => startedAt.getTime() > canceledAt)
    .map(({ number, startedAt }) => {
      const late = startedAt.getTime() - canceledAt
      return other(`began attempt ${number} ${late} ms after its cancel was accepted`)
    })
}

/** A job ends once, and once more each time somebody runs it again. */
function historyProblems(changes: Change[], { retries }: Expected): Problem[] {
  const endings = changes.filter(({ status }) => isTerminal(status)).length
  const shrank = changes.some(({ attempt }, at) => attempt < (changes[at - 1]?.attempt ?? 0))
  const wentOn = changes.some(({ status }, at) => {
    const before = changes[at - 1]?.status
    return before !== undefined && isTerminal(before) && status !== 'QUEUED'
  })
  return [
    ...(endings > 1 + retries || wentOn
      ? [{ kind: 'twice' as const, text: `reached a terminal state ${endings} times` }]
      : []),
    ...(shrank ? [other('had its attempts count down')] : []),
  ]
}

/**
 * Of a mail the effect is the mail in the outbox, of which there can be only one. What a schedule of
 * the system's own fires meanwhile, at a full hour, leaves no trace in the ledger.
 */
function effectProblems(job: JobRecord, effects: Effect[]): Problem[] {
  const { attempt, status, mail, ownerId, scheduleId } = job
  const isOfSystem = ownerId === null && scheduleId !== null
  const numbers = effects.map((effect) => effect.attempt).filter((number) => number > 0)
  const once = new Set(numbers).size === numbers.length
  return [
    ...(effects.length === 0 && !mail && !isOfSystem && status === 'COMPLETED'
      ? [{ kind: 'lost' as const, text: 'is completed and never ran' }]
      : []),
    ...(effects.length > attempt
      ? [{ kind: 'twice' as const, text: `ran ${effects.length} times in ${attempt} attempts` }]
      : []),
    ...(once
      ? []
      : [{ kind: 'twice' as const, text: `ran an attempt twice: ${numbers.join(', ')}` }]),
    ...(numbers.some((number) => number > attempt)
      ? [other('ran an attempt it does not know')]
      : []),
  ]
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
