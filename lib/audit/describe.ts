import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import type { AuditEntry } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { DELETED_USER, peopleOf } from './people'
import { actionWords, targetWords } from './words'

/** Somebody or something that an entry names, as it is called now. */
export type Named = { label: string; href: string | null }

/** An entry in words. */
export type DescribedEntry = {
  id: string
  at: string
  actor: Named
  action: string
  words: string
  target: Named
  /** Where it came from: an address, the command line, or the worker that did it. */
  from: string
  userAgent: string | null
  /** `before` is null where there was nothing before. */
  changes: { name: string; before: string | null; after: string }[]
  /** What else is to be known, as in `jobs: 12`. */
  notes: string[]
}

/** Entries in words: what they name is looked up, and called by its id when it is gone. */
export async function describeEntries(entries: readonly AuditEntry[]): Promise<DescribedEntry[]> {
  const idsOf = (type: string) =>
    entries.flatMap(({ targetType, targetId }) =>
      targetType === type && isUuid(targetId) ? targetId : [],
    )
  const [people, schedules, invitations] = await Promise.all([
    peopleOf([...entries.map(({ actorId }) => actorId), ...idsOf('user')]),
    schedulesOf(idsOf('schedule')),
    invitationsOf(idsOf('invitation')),
  ])
  const names = new Map([...people, ...schedules, ...invitations])
  return entries.map((entry) => describe(entry, names))
}

function describe(entry: AuditEntry, names: Map<string, string>): DescribedEntry {
  const { id, at, actorId, action, ip, userAgent } = entry
  const { before, after, notes } = readDetails(entry.details)
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return {
    id,
    at: at.toISOString(),
    actor: actorId ? personNamed(actorId, names) : { label: 'Command line', href: null },
    action,
    words: actionWords(action),
    target: targetNamed(entry, names),
    from: ip ?? (actorId ? (userAgent ? 'Unknown address' : 'Worker') : 'Command line'),
    userAgent,
    changes: changed.flatMap((name) => {
      const values = {
        before: name in before ? textOf(before[name]) : null,
        after: textOf(after[name]),
      }
      return values.before === values.after ? [] : { name: spaced(name), ...values }
    }),
    notes: Object.entries(notes).map(([name, value]) => `${spaced(name)}: ${textOf(value)}`),
  }
}

const record = z.record(z.string(), z.unknown())
const detailsShape = z.looseObject({ before: record.default({}), after: record.default({}) })

function readDetails(details: unknown) {
  const { before, after, ...notes } = detailsShape.safeParse(details ?? {}).data ?? {
    before: {},
    after: {},
  }
  return { before, after, notes }
}

function personNamed(id: string, names: Map<string, string>): Named {
  const name = names.get(id)
  return name ? { label: name, href: `/admin/users/${id}` } : { label: DELETED_USER, href: null }
}

/** Where the console shows a kind of target. */
const places: Readonly<Record<string, (id: string) => string>> = {
  batch: (id) => `/batches/${id}`,
  job: (id) => `/jobs/${id}`,
  queue: (id) => `/admin/queue/${id}`,
  schedule: (id) => `/schedules/${id}`,
  'webhook-endpoint': (id) => `/webhooks/${id}`,
}

function targetNamed({ targetType, targetId }: AuditEntry, names: Map<string, string>): Named {
  if (targetType === 'user') return personNamed(targetId, names)
  const kind = targetWords(targetType)
  const place = new Map(Object.entries(places)).get(targetType)
  const name = names.get(targetId) ?? (isUuid(targetId) ? `…${targetId.slice(-6)}` : targetId)
  return { label: `${kind} ${name}`, href: place?.(targetId) ?? null }
}

async function schedulesOf(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await prisma().schedule.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function invitationsOf(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await prisma().invitation.findMany({
    where: { id: { in: ids } },
    select: { id: true, email: true },
  })
  return new Map(rows.map(({ id, email }) => [id, email]))
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return isTime(value) ? momentOf(value) : value
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return JSON.stringify(value)
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
}

/** `2026-11-24T11:14:04.211Z` is read as `2026-11-24 11:14:04 UTC`. */
function momentOf(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`
}

/** `rateDurationMs` is read as `rate duration ms`. */
function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
}
