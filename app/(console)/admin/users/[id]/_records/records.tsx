import { validate as isUuid } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { AuditRecords } from './audit-records'
import { FileRecords } from './file-records'
import { JobRecords } from './job-records'
import { KeyRecords } from './key-records'
import { NotificationRecords } from './notification-records'
import { ScheduleRecords } from './schedule-records'
import type { Shown } from './tabs'
import { WebhookRecords } from './webhook-records'

/** What each view of somebody's records is given. */
export type RecordsProps = {
  admin: Viewer
  id: string
  page: { limit: number; cursor?: string | undefined }
  /** Where the view is, for the links to its other pages. */
  place: { path: string; values: Record<string, string>; cursor: string | undefined }
}

const PAGE_SIZE = 20

type Props = { admin: Viewer; id: string; show: Shown; cursor: string | undefined }

/** A page of somebody's records, newest first. */
export function Records({ admin, id, show, cursor: asked }: Props) {
  const cursor = isUuid(asked) ? asked : undefined
  const place = { path: `/admin/users/${id}`, values: { show }, cursor }
  const props = { admin, id, page: { limit: PAGE_SIZE, cursor }, place }
  switch (show) {
    case 'jobs':
      return <JobRecords {...props} />
    case 'files':
      return <FileRecords {...props} />
    case 'schedules':
      return <ScheduleRecords {...props} />
    case 'webhooks':
      return <WebhookRecords {...props} />
    case 'keys':
      return <KeyRecords {...props} />
    case 'notifications':
      return <NotificationRecords {...props} />
    case 'audit-about':
      return <AuditRecords {...props} filter={{ target: 'user', targetId: id }} />
    case 'audit-by':
      return <AuditRecords {...props} filter={{ actor: id }} />
  }
}
