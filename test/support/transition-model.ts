import { isTerminal } from '@/lib/jobs/status'
import { type Transition, table } from '@/lib/jobs/transitions/table'
import type { JobChange, JobState } from './job-changes'

type Rule = {
  /** The columns that it may write, besides the generated ones. */
  writes: readonly string[]
  /** What has to be so besides. */
  when: (before: JobState, after: JobState, at: number) => boolean
}

const TIMES = ['finishedAt', 'nextAttemptAt']
const ENDS = ['status', 'error', 'errorGroup', 'maxAttempts', 'workerId', ...TIMES]

const sameAttempt = (before: JobState, after: JobState) => before.attempt === after.attempt
const due = ({ status, runAt, nextAttemptAt }: JobState) =>
  Date.parse((status === 'RETRYING' ? nextAttemptAt : runAt) ?? '')

/** A cancel that was accepted is the end, unless the work was done. */
const obeysCancel = (before: JobState, after: JobState) =>
  before.cancelRequestedAt
    ? ['CANCELED', 'COMPLETED'].includes(after.status)
    : after.status !== 'CANCELED'

/** What each transition of a job that exists does. */
const rules: Partial<Record<Transition, Rule>> = {
  due: { writes: ['status'], when: (before, _after, at) => due(before) <= at },
  claim: {
    writes: [
      ...['status', 'attempt', 'workerId', 'claimToken', 'startedAt'],
      ...['waitingSince', 'nextAttemptAt', 'progress'],
    ],
    when: (before, after, at) =>
      after.attempt === before.attempt + 1 &&
      after.claimToken !== before.claimToken &&
      before.cancelRequestedAt === null &&
      (before.status === 'QUEUED' || due(before) <= at),
  },
  finish: {
    writes: [...ENDS, 'result', 'progress'],
    when: (before, after) =>
      sameAttempt(before, after) &&
      before.claimToken === after.claimToken &&
      obeysCancel(before, after),
  },
  recover: {
    writes: [...ENDS, 'claimToken', 'crashes'],
    when: (before, after) =>
      sameAttempt(before, after) && after.claimToken === null && obeysCancel(before, after),
  },
  cancel: {
    writes: ['status', 'cancelRequestedAt', 'error', ...TIMES],
    when: (before, after) =>
      before.status !== 'ACTIVE' ||
      (before.cancelRequestedAt === null && after.cancelRequestedAt !== null),
  },
  retry: {
    writes: [
      ...['status', 'turn', 'runAt', 'waitingSince', 'startedAt', 'maxAttempts'],
      ...['cancelRequestedAt', 'progress', ...TIMES],
    ],
    when: (_before, after) => after.maxAttempts > after.attempt,
  },
  promote: {
    writes: ['status', 'runAt', 'nextAttemptAt'],
    when: (before, _after, at) => due(before) > at,
  },
  prioritize: { writes: ['priority'], when: () => true },
  hold: { writes: ['turn'], when: (_before, after) => after.turn === 0 },
  release: {
    writes: ['turn', 'waitingSince'],
    when: (before, after) => before.turn === 0 && after.turn > 0,
  },
}

const GENERATED = ['endedAs', 'waitsAs']

/** Why a change of a job is none that the table allows, and why what it left is no state; empty when all is well. */
export function problemsOf(change: JobChange): string[] {
  const { before, after } = change
  const [from, to] = [before?.status ?? 'NONE', after?.status ?? 'NONE']
  const problems = after ? contradictionsOf(after) : []
  const edges = Object.entries(table).filter(([, edge]) => leads(edge, from, to))
  if (!edges.some(([name]) => follows(name, change))) {
    const names = edges.map(([name]) => name).join(', ') || 'nothing'
    problems.push(`${from} to ${to}: ${names} leads there, not by changing ${changedBy(change)}`)
  }
  return problems
}

/** Attempts that began although their job's cancel was accepted and nobody retried it since. */
export function runsOfCanceled(changes: JobChange[]): JobChange[] {
  const canceled = new Set<string>()
  return changes.filter(({ jobId, before, after }) => {
    if (!before || !after) return false
    if (after.cancelRequestedAt || after.status === 'CANCELED') canceled.add(jobId)
    else if (isTerminal(before.status)) canceled.delete(jobId)
    return canceled.has(jobId) && after.attempt !== before.attempt
  })
}

function leads(edge: Record<string, readonly string[]>, from: string, to: string): boolean {
  return edge[from]?.includes(to) ?? false
}

function follows(name: string, change: JobChange): boolean {
  const { before, after, at } = change
  if (!before || !after) return true
  const rule = Object.entries(rules).find(([transition]) => transition === name)?.[1]
  return (
    rule !== undefined &&
    changedBy(change).every((column) => rule.writes.includes(column)) &&
    rule.when(before, after, Date.parse(at))
  )
}

function changedBy({ before, after }: JobChange): string[] {
  const old = new Map(Object.entries(before ?? {}))
  return Object.entries(after ?? {})
    .filter(([column, value]) => JSON.stringify(value) !== JSON.stringify(old.get(column)))
    .map(([column]) => column)
    .filter((column) => !GENERATED.includes(column))
}

/** What a row says that cannot be true at the same time. */
function contradictionsOf(state: JobState): string[] {
  const { status, attempt, maxAttempts, finishedAt, nextAttemptAt, cancelRequestedAt } = state
  const active = status === 'ACTIVE'
  const wrong = {
    'has ended without a time, or not and with one': isTerminal(status) !== (finishedAt !== null),
    'has a next attempt, or none while it retries': (status === 'RETRYING') !== !!nextAttemptAt,
    'is held by a worker, or runs without one': active !== (state.workerId !== null),
    'runs without a token': active && state.claimToken === null,
    'waits although it is to be canceled': cancelRequestedAt && !active && !isTerminal(status),
    'has had more attempts than it may have': attempt > maxAttempts,
    'has had no attempt and has started': attempt === 0 && state.startedAt !== null,
    'has begun an attempt at no time': (active || nextAttemptAt) && state.startedAt === null,
  }
  return Object.entries(wrong)
    .filter(([, isSo]) => isSo)
    .map(([words]) => `A job that is ${status} ${words}`)
}
