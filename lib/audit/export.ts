import { audit } from '@/lib/auth/audit'
import { requireAdminViewer, type Viewer } from '@/lib/auth/viewer'
import type { AuditEntry } from '@/lib/db/generated/client'
import { transaction } from '@/lib/db/transaction'
import { BYTE_ORDER_MARK, csvLine, plainText } from '@/lib/format/csv'
import { type DescribedEntry, describeEntries } from './describe'
import { AUDIT_LOG, type AuditFilter, listAudit } from './list'

/** Entries read at once; no more are in memory, however many there are. */
const PAGE = 500

const columns = [
  'time (UTC)',
  'actor',
  'actor id',
  'action',
  'in words',
  'target',
  'target type',
  'target id',
  'from',
  'user agent',
  'before and after',
  'details',
]

/**
 * The audit log as CSV, newest first, in pieces. That somebody took it along is its newest entry,
 * and stays out of the file.
 */
export async function exportAudit(
  viewer: Viewer,
  filter: AuditFilter,
): Promise<AsyncGenerator<string>> {
  requireAdminViewer(viewer)
  const first = await listAudit(viewer, filter, PAGE)
  await transaction((tx) => audit(tx, viewer, 'audit.export', AUDIT_LOG, { filter }))
  return linesOf(viewer, filter, first)
}

async function* linesOf(
  viewer: Viewer,
  filter: AuditFilter,
  first: Awaited<ReturnType<typeof listAudit>>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns)
  let page = first
  for (;;) {
    const described = await describeEntries(page.data)
    yield described.map((entry, index) => csvLine(fieldsOf(entry, page.data[index]))).join('')
    if (!page.nextCursor) return
    page = await listAudit(viewer, { ...filter, cursor: page.nextCursor }, PAGE)
  }
}

function fieldsOf(entry: DescribedEntry, record: AuditEntry | undefined): string[] {
  const changes = entry.changes.map(({ name, before, after }) =>
    before === null ? `${name}: ${after}` : `${name}: ${before} → ${after}`,
  )
  return [
    entry.at,
    entry.actor.label,
    record?.actorId ?? '',
    entry.action,
    entry.words,
    entry.target.label,
    record?.targetType ?? '',
    record?.targetId ?? '',
    entry.from,
    entry.userAgent ?? '',
    changes.join('; '),
    entry.notes.join('; '),
  ].map(plainText)
}
