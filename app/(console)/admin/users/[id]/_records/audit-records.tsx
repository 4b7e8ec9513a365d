import { describeEntries } from '@/app/_server/audit/describe'
import { type AuditFilter, listAudit } from '@/app/_server/audit/list'
import { Pager } from '../../../../_components/list/pager'
import ui from '../../../../_components/ui/ui.module.css'
import { AuditTable } from '../../../audit/audit-table'
import type { RecordsProps } from './records'

/** What the audit log says about somebody, or that they did. */
export async function AuditRecords({
  admin,
  page,
  place,
  filter,
}: RecordsProps & { filter: AuditFilter }) {
  const { data, nextCursor } = await listAudit(
    admin,
    { ...filter, cursor: page.cursor },
    page.limit,
  )
  if (data.length === 0) return <p className={ui.nothing}>Nothing in the audit log.</p>
  return (
    <>
      <AuditTable entries={await describeEntries(data)} />
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
