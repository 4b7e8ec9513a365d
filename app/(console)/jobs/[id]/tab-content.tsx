import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { listAttempts, listLogs } from '@/lib/jobs/read'
import { isTerminal } from '@/lib/jobs/status'
import { attemptView, type JobView, logView } from '@/lib/jobs/view'
import { Attempts } from './attempts'
import { JsonBlock } from './json-block'
import { LogList } from './log-list'
import { Result } from './result'
import type { Tab } from './tabs'
import { Timeline } from './timeline'

/** More lines than this are behind a link. */
const LOG_LIMIT = 1_000

type Props = { tab: Tab; record: Job; job: JobView; viewer: Viewer }

/** One view of a job. */
export async function TabContent({ tab, record, job, viewer }: Props) {
  switch (tab) {
    case 'result':
      return <Result job={job} viewer={viewer} />
    case 'input':
      return <JsonBlock value={job.input} whole={`/api/v1/jobs/${job.id}`} label="Input" />
    case 'attempts':
      return <Attempts attempts={(await listAttempts(viewer, job.id)).map(attemptView)} />
    case 'logs': {
      const { data, nextCursor } = await listLogs(viewer, job.id, { limit: LOG_LIMIT })
      return (
        <LogList
          jobId={job.id}
          lines={data.map(logView)}
          isCut={nextCursor !== null}
          isOver={isTerminal(record.status)}
        />
      )
    }
    case 'timeline':
      return <Timeline job={job} attempts={(await listAttempts(viewer, job.id)).map(attemptView)} />
  }
}
