import Link from 'next/link'
import type { ReactNode } from 'react'
import { listJobDeliveries } from '@/app/_server/webhooks/deliveries'
import { type DeliveryView, deliveryView } from '@/app/_server/webhooks/endpoint-view'
import type { Viewer } from '@/lib/access/viewer'
import { catalog } from '@/lib/jobs/catalog'
import { webhookBody } from '@/lib/jobs/types/webhook-body'
import type { JobView } from '@/lib/jobs/view'
import ui from '../../../_components/ui/ui.module.css'
import { AnswerChip } from '../../../_components/webhook/answer-chip'
import { Exchange } from '../../../_components/webhook/exchange'
import classes from './result.module.css'

/** The latest request with its signature, and the answer; the ones before, folded. */
export async function webhookResult(job: JobView, viewer: Viewer): Promise<ReactNode> {
  const [latest, ...earlier] = (await listJobDeliveries(viewer, job.id)).map(deliveryView)
  if (!latest) return null
  return (
    <>
      {/* Of a failed job the page says why already. */}
      <Exchange delivery={latest} body={bodyOf(job, latest)} withError={job.status !== 'failed'} />
      {earlier.map((delivery) => (
        <details key={delivery.id} className={classes.earlier}>
          <summary>
            Attempt {delivery.attempt} <AnswerChip {...delivery} />
          </summary>
          <Exchange delivery={delivery} />
        </details>
      ))}
      {latest.endpointId && (
        <p>
          <Link href={`/webhooks/${latest.endpointId}`} className={ui.link}>
            Show the endpoint’s delivery log
          </Link>
        </p>
      )}
    </>
  )
}

/** What was sent: made of the same input and id, it is the same text. */
function bodyOf(job: JobView, { headers }: DeliveryView): string | undefined {
  const input = catalog.webhook.input.safeParse(job.input)
  if (!input.success || !headers) return undefined
  const isSigned = 'webhook-signature' in headers
  return webhookBody(input.data, headers['webhook-id'] ?? job.id, isSigned)
}
