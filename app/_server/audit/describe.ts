import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { peopleOf } from '@/lib/access/names'
import type { AuditEntry } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { AUDIT_LOG } from './list'
import { actionWords, DELETED_USER, spaced, targetWords, textOf } from './words'

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
    peopleOf([
      ...entries.map(({ actorId }) => actorId),
      ...entries.map(({ details }) => userIn(details)),
      ...idsOf('user'),
    ]),
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
    notes: [...notes].map(([name, value]) =>
      name === 'user'
        ? `user: ${personNamed(String(value), names).label}`
        : `${spaced(name)}: ${textOf(value)}`,
    ),
  }
}

const record = z.record(z.string(), z.unknown())
const detailsShape = z.looseObject({ before: record.default({}), after: record.default({}) })

function readDetails(details: unknown) {
  const { data } = detailsShape.safeParse(details ?? {})
  const { before = {}, after = {}, ...notes } = data ?? {}
  return { before, after, notes: new Map(Object.entries(notes)) }
}

/** Whose what was changed is, where the details say so. */
function userIn(details: unknown): string | null {
  const user = readDetails(details).notes.get('user')
  return typeof user === 'string' && isUuid(user) ? user : null
}

function personNamed(id: string, names: Map<string, string>): Named {
  const name = names.get(id)
  return name ? { label: name, href: `/admin/users/${id}` } : { label: DELETED_USER, href: null }
}

/** Where the console shows a kind of target. */
const places = new Map<string, (id: string) => string>([
  ['batch', (id) => `/batches/${id}`],
  ['job', (id) => `/jobs/${id}`],
  ['pause', () => '/admin/pauses'],
  ['queue', (id) => `/admin/queue/${id}`],
  ['schedule', (id) => `/schedules/${id}`],
  ['webhook-endpoint', (id) => `/webhooks/${id}`],
])

function targetNamed({ targetType, targetId }: AuditEntry, names: Map<string, string>): Named {
  if (targetType === 'user') return personNamed(targetId, names)
  if (targetType === AUDIT_LOG.type) return { label: 'Audit log', href: null }
  const kind = targetWords(targetType)
  const place = places.get(targetType)
  const name = names.get(targetId) ?? (isUuid(targetId) ? `…${targetId.slice(-6)}` : targetId)
  return { label: `${kind} ${name}`, href: place?.(targetId) ?? null }
}

async function schedulesOf(ids: string[]): Promise<[id: string, name: string][]> {
  if (ids.length === 0) return []
  const select = { id: true, name: true }
  const rows = await prisma().schedule.findMany({ where: { id: { in: ids } }, select })
  return rows.map(({ id, name }) => [id, name])
}

async function invitationsOf(ids: string[]): Promise<[id: string, email: string][]> {
  if (ids.length === 0) return []
  const rows = await prisma().invitation.findMany({ where: { id: { in: ids } } })
  return rows.map(({ id, email }) => [id, email])
}
