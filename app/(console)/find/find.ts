import { findPeople } from '@/app/_server/auth/find-people'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { escapeLike } from '@/lib/db/like'
import { prisma } from '@/lib/db/prisma'
import { listJobs } from '@/lib/jobs/lists/list'
import { type ListedJob, listedColumns } from '@/lib/jobs/lists/listed'
import { matching } from '@/lib/jobs/lists/matching'
import { statusWords } from '@/lib/jobs/status'

/** Something that was found, as the palette shows it. */
export type Found = {
  group: 'Jobs' | 'Batches' | 'People' | 'Schedules' | 'Endpoints'
  label: string
  hint: string
  href: string
  /** Gives it that status's colour. */
  status?: string
  at?: string
}

const MOST_JOBS = 6
const MOST = 4
const LONGEST = 200
/** Shorter texts are in too many jobs to be of use, and no index helps to find them. */
const SHORTEST = 3

/** What the viewer may see whose text, name or beginning of the id is this; the newest few of each kind. */
export async function find(viewer: Viewer, typed: string): Promise<Found[]> {
  const text = typed.trim()
  if (text.length < SHORTEST || text.length > LONGEST || text.includes('\0')) return []
  const ids = idsFrom(text)
  const found = ids
    ? [jobsBetween(viewer, ids), batchesBetween(viewer, ids)]
    : [
        jobsWith(viewer, text),
        people(viewer, text),
        schedules(viewer, text),
        endpoints(viewer, text),
      ]
  return (await Promise.all(found)).flat()
}

type Ids = { low: string; high: string }

/** Between which ids all lie that begin with a text; null when none does. Ids begin with their time. */
function idsFrom(text: string): Ids | null {
  const digits = text.toLowerCase().replaceAll('-', '')
  if (!/^01[0-9a-f]{4,30}$/.test(digits)) return null
  const padded = (with_: string) =>
    digits.padEnd(32, with_).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { low: padded('0'), high: padded('f') }
}

async function jobsBetween(viewer: Viewer, { low, high }: Ids): Promise<Found[]> {
  const between = Prisma.sql`job.id BETWEEN ${low}::uuid AND ${high}::uuid`
  const jobs = await prisma().$queryRaw<ListedJob[]>(Prisma.sql`
    SELECT ${listedColumns} ${matching(viewer, {}, { conditions: [between] })}
    ORDER BY job.id DESC LIMIT ${MOST_JOBS}`)
  return jobs.map(foundJob)
}

async function jobsWith(viewer: Viewer, q: string): Promise<Found[]> {
  return (await listJobs(viewer, { q }, { limit: MOST_JOBS })).data.map(foundJob)
}

function foundJob({ id, title, status, createdAt }: ListedJob): Found {
  return {
    group: 'Jobs',
    label: title,
    hint: statusWords[status].label,
    href: `/jobs/${id}`,
    status: status.toLowerCase(),
    at: createdAt.toISOString(),
  }
}

async function batchesBetween(viewer: Viewer, { low, high }: Ids): Promise<Found[]> {
  const batches = await prisma().batch.findMany({
    where: { ...ownedBy(viewer), id: { gte: low, lte: high } },
    orderBy: { id: 'desc' },
    take: MOST,
  })
  return batches.map(({ id, title, createdAt }) => ({
    group: 'Batches',
    label: title,
    hint: 'Batch',
    href: `/batches/${id}`,
    at: createdAt.toISOString(),
  }))
}

async function people(viewer: Viewer, text: string): Promise<Found[]> {
  if (viewer.role !== 'ADMIN') return []
  return (await findPeople(viewer, text)).slice(0, MOST).map(({ id, name, email }) => ({
    group: 'People',
    label: name,
    hint: email,
    href: `/admin/users/${id}`,
  }))
}

async function schedules(viewer: Viewer, text: string): Promise<Found[]> {
  const found = await prisma().schedule.findMany({
    where: { ...ownedBy(viewer), name: holding(text) },
    orderBy: { id: 'desc' },
    take: MOST,
    select: { id: true, name: true, enabled: true },
  })
  return found.map(({ id, name, enabled }) => ({
    group: 'Schedules',
    label: name,
    hint: enabled ? 'Schedule' : 'Paused schedule',
    href: `/schedules/${id}`,
  }))
}

async function endpoints(viewer: Viewer, text: string): Promise<Found[]> {
  const found = await prisma().webhookEndpoint.findMany({
    where: { ...ownedBy(viewer), OR: [{ description: holding(text) }, { url: holding(text) }] },
    orderBy: { id: 'desc' },
    take: MOST,
    select: { id: true, url: true, description: true, enabled: true },
  })
  return found.map(({ id, url, description, enabled }) => ({
    group: 'Endpoints',
    label: description || url,
    hint: enabled ? 'Webhook endpoint' : 'Endpoint, switched off',
    href: `/webhooks/${id}`,
  }))
}

function holding(text: string) {
  return { contains: escapeLike(text), mode: 'insensitive' } as const
}
