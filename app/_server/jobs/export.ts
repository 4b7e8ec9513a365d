import { namesOf } from '@/lib/access/names'
import type { Viewer } from '@/lib/access/viewer'
import { type Job, Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { BYTE_ORDER_MARK, csvLine, plainText } from '@/lib/format/csv'
import { filterParts } from '@/lib/jobs/bulk/title'
import { type FilterWords, type JobFilter, requireOwnFilter } from '@/lib/jobs/lists/filter'
import { matching } from '@/lib/jobs/lists/matching'
import { readError } from '@/lib/jobs/view'

/** Jobs read at once; no more are in memory, however many there are. */
const PAGE = 500

/** Longest part of a file's name that says what was filtered by. */
const MAX_NAME = 100

const columns = [
  'id',
  'type',
  'title',
  'status',
  'queue',
  'attempt',
  'max attempts',
  'tags',
  'created (UTC)',
  'started (UTC)',
  'ended (UTC)',
  'ran (s)',
  'error code',
  'error',
]

/** What the export reads of a job: no input, no result. */
type ExportedJob = Pick<
  Job,
  | ('id' | 'type' | 'title' | 'status' | 'queue' | 'attempt' | 'maxAttempts' | 'tags')
  | ('createdAt' | 'startedAt' | 'finishedAt' | 'error' | 'ownerId')
>

/** Names the file by what it holds: `jobs-failed-email-2026-11-24.csv`. */
export function exportName(filter: FilterWords, now: Date): string {
  const words = filterParts(filter).join('-').toLowerCase()
  const slug = words.replace(/[^a-z0-9]+/g, '-').slice(0, MAX_NAME)
  const parts = ['jobs', ...slug.split('-').filter(Boolean), now.toISOString().slice(0, 10)]
  return `${parts.join('-')}.csv`
}

/**
 * The jobs the viewer may see and that fit a filter as CSV, newest first, in pieces: a job that
 * begins meanwhile is not among them. Admins get a column with the owner.
 * @throws {AppError} `forbidden` when the filter names another owner and the viewer is no admin
 */
export function exportJobs(viewer: Viewer, filter: JobFilter): AsyncGenerator<string> {
  requireOwnFilter(viewer, filter)
  return linesOf(viewer, filter)
}

async function* linesOf(viewer: Viewer, filter: JobFilter): AsyncGenerator<string> {
  const withOwner = viewer.role === 'ADMIN'
  yield BYTE_ORDER_MARK + csvLine(withOwner ? [...columns, 'owner'] : columns)
  let last: string | undefined
  do {
    const jobs = await pageOf(viewer, filter, last)
    const owners = withOwner
      ? await namesOf(
          viewer,
          jobs.map(({ ownerId }) => ownerId),
        )
      : undefined
    yield jobs.map((job) => csvLine(fieldsOf(job, owners))).join('')
    last = jobs.length === PAGE ? jobs.at(-1)?.id : undefined
  } while (last)
}

async function pageOf(
  viewer: Viewer,
  filter: JobFilter,
  last: string | undefined,
): Promise<ExportedJob[]> {
  const jobs = matching(viewer, filter, { below: last })
  return prisma().$queryRaw<ExportedJob[]>(Prisma.sql`
    SELECT job.id, job.type, job.title, job.status, job.queue, job.attempt, job."maxAttempts",
      job.tags, job."createdAt", job."startedAt", job."finishedAt", job.error, job."ownerId"
    ${jobs} ORDER BY job.id DESC LIMIT ${PAGE}`)
}

function fieldsOf(job: ExportedJob, owners: Map<string, string> | undefined): string[] {
  const { startedAt, finishedAt } = job
  const ran = startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1_000 : null
  const owner = job.ownerId ? (owners?.get(job.ownerId) ?? '') : 'System'
  return [
    job.id,
    job.type,
    plainText(job.title),
    job.status.toLowerCase(),
    job.queue,
    String(job.attempt),
    String(job.maxAttempts),
    plainText(job.tags.join(', ')),
    job.createdAt.toISOString(),
    startedAt?.toISOString() ?? '',
    finishedAt?.toISOString() ?? '',
    ran?.toFixed(3) ?? '',
    ...errorOf(job),
    ...(owners ? [plainText(owner)] : []),
  ]
}

function errorOf({ error, status }: ExportedJob): [code: string, message: string] {
  const read = status === 'COMPLETED' ? null : readError(error)
  return [plainText(read?.code ?? ''), plainText(read?.message ?? '')]
}
