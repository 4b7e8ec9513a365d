import type { ReactNode } from 'react'
import { describeEntries } from '@/app/_server/audit/describe'
import { type AuditFilter, listAudit } from '@/app/_server/audit/list'
import { listNotifications } from '@/app/_server/notifications/read'
import { listSchedules } from '@/app/_server/schedules/schedules'
import { scheduleViews } from '@/app/_server/schedules/view'
import { asPerson, countJobsOf, sumFilesOf } from '@/app/_server/users/person'
import { endpointView } from '@/app/_server/webhooks/endpoint-view'
import { listEndpoints } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { listApiKeys } from '@/lib/auth/api-keys'
import type { PageRequest } from '@/lib/db/page'
import { listFiles } from '@/lib/files/read'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import { listJobs } from '@/lib/jobs/lists/list'
import { jobSummary } from '@/lib/jobs/view'
import { JobTable } from '../../../../_components/job/job-table'
import { List } from '../../../../_components/list/list'
import ui from '../../../../_components/ui/ui.module.css'
import { ScheduleRow } from '../../../../schedules/schedule-row'
import { KeyTable } from '../../../../settings/api-keys/key-table'
import { AuditTable } from '../../../audit/audit-table'
import { revokeKey } from '../../actions'
import { JobCounts } from './job-counts'
import { EndpointTable, FileTable, NotificationTable } from './tables'

/** A page of somebody's records, and where the next one begins. */
type Shown = { nextCursor: string | null; content: ReactNode }

type View = {
  label: string
  read: (admin: Viewer, id: string, page: PageRequest) => Promise<Shown>
}

const nothing = (words: string) => <p className={ui.nothing}>{words}</p>

function audit(label: string, filterOf: (id: string) => AuditFilter): View {
  return {
    label,
    async read(admin, id, { cursor, limit }) {
      const { data, nextCursor } = await listAudit(admin, { ...filterOf(id), cursor }, limit)
      return { nextCursor, content: <AuditTable entries={await describeEntries(data)} /> }
    },
  }
}

/** What an admin can look at of a person, newest first, by its name in the address. */
export const views = {
  jobs: {
    label: 'Jobs',
    async read(admin, id, page) {
      const [{ data, nextCursor }, counts] = await Promise.all([
        listJobs(asPerson(admin, id), {}, page),
        countJobsOf(admin, id),
      ])
      const content = (
        <>
          <JobCounts id={id} counts={counts} />
          <JobTable jobs={data.map(jobSummary)} label="Their jobs, newest first" />
        </>
      )
      return { nextCursor, content: data.length > 0 ? content : nothing('No jobs.') }
    },
  },
  files: {
    label: 'Files',
    async read(admin, id, page) {
      const [{ data, nextCursor }, { files, bytes }] = await Promise.all([
        listFiles(asPerson(admin, id), page),
        sumFilesOf(admin, id),
      ])
      const content = (
        <>
          {files > 0 && (
            <p className={ui.dim}>
              {countOf(files, 'file')}, {formatBytes(bytes)} in all.
            </p>
          )}
          <FileTable files={data} />
        </>
      )
      return { nextCursor, content }
    },
  },
  schedules: {
    label: 'Schedules',
    async read(admin, id, page) {
      const { data, nextCursor } = await listSchedules(asPerson(admin, id), page)
      const schedules = await scheduleViews(data)
      const content = (
        <List label="Their schedules, newest first">
          {schedules.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} owner={undefined} />
          ))}
        </List>
      )
      return { nextCursor, content: data.length > 0 ? content : nothing('No schedules.') }
    },
  },
  webhooks: {
    label: 'Webhooks',
    async read(admin, id, page) {
      const { data, nextCursor } = await listEndpoints(asPerson(admin, id), page)
      return { nextCursor, content: <EndpointTable endpoints={data.map(endpointView)} /> }
    },
  },
  keys: {
    label: 'API keys',
    async read(admin, id) {
      const keys = await listApiKeys(asPerson(admin, id))
      const words = { label: 'Table of their API keys', empty: 'No API keys.' }
      return { nextCursor: null, content: <KeyTable keys={keys} revoke={revokeKey} {...words} /> }
    },
  },
  notifications: {
    label: 'Notifications',
    async read(admin, id, page) {
      const { data, nextCursor } = await listNotifications(asPerson(admin, id), page)
      return { nextCursor, content: <NotificationTable notifications={data} /> }
    },
  },
  'audit-about': audit('Audit about them', (id) => ({ target: 'user', targetId: id })),
  'audit-by': audit('Audit by them', (id) => ({ actor: id })),
} as const satisfies Record<string, View>
