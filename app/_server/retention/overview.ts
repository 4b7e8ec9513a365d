import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { definitions } from '@/lib/jobs/catalog'
import { type TerminalStatus, terminalStatuses } from '@/lib/jobs/status'
import { type RecordKind, recordKinds } from '@/lib/retention/defaults'
import {
  cutoffOf,
  type Days,
  expiredOf,
  jobTypesInUse,
  readRetention,
} from '@/lib/retention/settings'
import { countExpired, countRecords, type Removable } from './count'

const nothing: Removable = { jobs: 0, files: 0, bytes: 0, isEstimate: false }

/** How long some jobs are kept, and what would go if retention ran now. */
export type JobRetention = { type: string; status: TerminalStatus; days: Days; due: Removable }

/** The same for records that are no jobs. */
export type RecordRetention = { kind: RecordKind; days: Days; due: number }

/** How long everything is kept, and what would be removed now; counted up to `COUNTED_UP_TO`. */
export async function readRetentionOverview(
  admin: Viewer,
): Promise<{ jobs: JobRetention[]; records: RecordRetention[] }> {
  requireAdminViewer(admin)
  const types = await retainedTypes()
  const [jobs, records] = await Promise.all([
    jobRetention(admin, types),
    Promise.all(recordKinds.map((kind) => recordRetention(admin, kind))),
  ])
  return { jobs, records }
}

/** How long jobs of these types are kept, and what would be removed now. */
export async function jobRetention(
  admin: Viewer,
  types: readonly string[],
): Promise<JobRetention[]> {
  requireAdminViewer(admin)
  const retention = await readRetention()
  const expired = expiredOf(types, retention, new Date())
  const counts = await countExpired(expired)
  const dueOf = (type: string, status: TerminalStatus) =>
    counts[expired.findIndex((each) => each.type === type && each.status === status)] ?? nothing
  return types.flatMap((type) =>
    terminalStatuses.map((status) => ({
      type,
      status,
      days: retention.jobs(type, status),
      due: dueOf(type, status),
    })),
  )
}

/** How long records of a kind are kept, and how many would be removed now. */
export async function recordRetention(admin: Viewer, kind: RecordKind): Promise<RecordRetention> {
  requireAdminViewer(admin)
  const days = (await readRetention()).records(kind)
  return { kind, days, due: await previewRecords(admin, kind, days) }
}

/** Every type that can have jobs to remove: those of this version, and those of older records. */
export async function retainedTypes(): Promise<string[]> {
  const known = definitions.map(({ type }) => type)
  return [...new Set([...known, ...(await jobTypesInUse())])]
}

/** What retention would remove now, were the days these. */
export async function previewJobs(
  admin: Viewer,
  type: string,
  status: TerminalStatus,
  days: Days,
): Promise<Removable> {
  requireAdminViewer(admin)
  const cutoff = cutoffOf(days, new Date())
  const [due] = cutoff ? await countExpired([{ type, status, cutoff }]) : []
  return due ?? nothing
}

/** How many records retention would remove now, were the days these. */
export async function previewRecords(admin: Viewer, kind: RecordKind, days: Days): Promise<number> {
  requireAdminViewer(admin)
  const cutoff = cutoffOf(days, new Date())
  return cutoff ? countRecords(kind, cutoff) : 0
}
