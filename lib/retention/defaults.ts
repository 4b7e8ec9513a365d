import type { JobType } from '@/lib/jobs/catalog'

/** Days that records are kept, unless something else is said below or by an admin. */
export const DEFAULT_DAYS = 90

/** Days that entries of the audit log are kept, which nobody can change. */
export const AUDIT_DAYS = 365

/** Days that ended jobs of a type are kept, where that is not the default. */
const daysByType = new Map<string, number>([['maintenance' satisfies JobType, 30]])

/** Days that ended jobs of a type are kept while no admin has decided otherwise. */
export function defaultDays(type: string): number {
  return daysByType.get(type) ?? DEFAULT_DAYS
}

/** Records besides jobs whose days an admin may change. */
export const recordKinds = ['deliveries', 'mails', 'notifications', 'fires'] as const

export type RecordKind = (typeof recordKinds)[number]

/** The kind of records of this name; undefined when there is none. */
export function recordKindOf(name: string): RecordKind | undefined {
  return recordKinds.find((kind) => kind === name)
}
