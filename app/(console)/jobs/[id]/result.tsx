import type { Viewer } from '@/lib/access/viewer'
import type { JobView } from '@/lib/jobs/view'
import ui from '../../_components/ui/ui.module.css'
import { absence } from './absence'
import { BulkResult } from './bulk-result'
import { ImageResult } from './image-result'
import { JsonBlock } from './json-block'
import { MailResult } from './mail-result'
import { ReportResult } from './report-result'
import { WebhookResult } from './webhook-result'

/** What came out of the job, shown as what it is. */
export function Result({ job, viewer }: { job: JobView; viewer: Viewer }) {
  if (job.type === 'webhook') return <WebhookResult job={job} viewer={viewer} />
  if (job.status !== 'completed') return <p className={ui.nothing}>{absence(job.status)}</p>
  if (job.type === 'image') return <ImageResult job={job} viewer={viewer} />
  if (job.type === 'email') return <MailResult job={job} viewer={viewer} />
  if (job.type === 'report') return <ReportResult job={job} viewer={viewer} />
  if (job.type === 'bulk-action') return <BulkResult job={job} />
  return <JsonBlock value={job.result} whole={`/api/v1/jobs/${job.id}`} label="Result" />
}
