import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import type { AuditEntry } from '@/lib/db/generated/client'
import { transaction } from '@/lib/db/transaction'
import { BYTE_ORDER_MARK, csvLine, plainText } from '@/lib/format/csv'
import { type DescribedEntry, describeEntries } from './describe'
import { AUDIT_LOG, type AuditFilter, listAudit } from './list'

/** Entries read at once; no more are in memory, however many there are. */
const PAGE = 500

type Row = { entry: DescribedEntry; record: AuditEntry | undefined }

const columns: readonly [title: string, of: (row: Row) => string | null | undefined][] = [
  ['time (UTC)', ({ entry }) => entry.at],
  ['actor', ({ entry }) => entry.actor.label],
  ['actor id', ({ record }) => record?.actorId],
  ['action', ({ entry }) => entry.action],
  ['in words', ({ entry }) => entry.words],
  ['target', ({ entry }) => entry.target.label],
  ['target type', ({ record }) => record?.targetType],
  ['target id', ({ record }) => record?.targetId],
  ['from', ({ entry }) => entry.from],
  ['user agent', ({ entry }) => entry.userAgent],
  ['before and after', ({ entry }) => entry.changes.map(changeWords).join('; ')],
  ['details', ({ entry }) => entry.notes.join('; ')],
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
  yield BYTE_ORDER_MARK + csvLine(columns.map(([title]) => title))
  let page = first
  for (;;) {
    const described = await describeEntries(page.data)
    const rows = described.map((entry, index) => ({ entry, record: page.data[index] }))
    yield rows.map((row) => csvLine(fieldsOf(row))).join('')
    if (!page.nextCursor) return
    page = await listAudit(viewer, { ...filter, cursor: page.nextCursor }, PAGE)
  }
}

function fieldsOf(row: Row): string[] {
  return columns.map(([, of]) => plainText(of(row) ?? ''))
}

function changeWords({ name, before, after }: DescribedEntry['changes'][number]): string {
  return before === null ? `${name}: ${after}` : `${name}: ${before} → ${after}`
}
