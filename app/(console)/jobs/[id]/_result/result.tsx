import type { ReactNode } from 'react'
import type { Viewer } from '@/lib/access/viewer'
import type { JobView } from '@/lib/jobs/view'
import { Section } from '../../../_components/ui/section'
import { JsonBlock } from '../json-block'
import { BulkResult } from './bulk'
import { ImageResult } from './image'
import { MailResult } from './mail'
import { ReportResult } from './report'
import { webhookResult } from './webhook'

type Props = { job: JobView; viewer: Viewer }

/** What came out of the job, shown as what it is; nothing before that. */
export async function Result({ job, viewer }: Props) {
  const isWebhook = job.type === 'webhook'
  const result = isWebhook ? await webhookResult(job, viewer) : resultOf({ job, viewer })
  if (!result) return null
  return (
    <Section id="result" title={isWebhook ? 'Delivery' : 'Result'}>
      {result}
    </Section>
  )
}

function resultOf({ job, viewer }: Props): ReactNode {
  if (job.status !== 'completed') return null
  switch (job.type) {
    case 'image':
      return <ImageResult job={job} viewer={viewer} />
    case 'email':
      return <MailResult job={job} viewer={viewer} />
    case 'report':
      return <ReportResult job={job} viewer={viewer} />
    case 'bulk-action':
      return <BulkResult job={job} />
    default:
      return <JsonBlock value={job.result} whole={`/api/v1/jobs/${job.id}`} />
  }
}
