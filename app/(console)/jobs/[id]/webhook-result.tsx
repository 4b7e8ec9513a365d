import Link from 'next/link'
import { formatLatency } from '@/app/_server/format/latency'
import { listJobDeliveries } from '@/app/_server/webhooks/deliveries'
import { type DeliveryView, deliveryView } from '@/app/_server/webhooks/endpoint-view'
import type { Viewer } from '@/lib/access/viewer'
import { catalog } from '@/lib/jobs/catalog'
import { webhookBody } from '@/lib/jobs/types/webhook-body'
import type { JobView } from '@/lib/jobs/view'
import { Fact, Facts } from '../../_components/list/facts'
import ui from '../../_components/ui/ui.module.css'
import { AnswerChip } from '../../_components/webhook/answer-chip'
import { Exchange } from '../../_components/webhook/exchange'
import { absence } from './absence'
import classes from './job.module.css'

/** Longer bodies are cut: a page has to stay quick. */
const LIMIT = 20_000

/** The latest request with its signature and the answer; the ones before, folded. */
export async function WebhookResult({ job, viewer }: { job: JobView; viewer: Viewer }) {
  const [latest, ...earlier] = (await listJobDeliveries(viewer, job.id)).map(deliveryView)
  if (!latest) return <p className={ui.nothing}>{absence(job.status)}</p>
  return (
    <>
      <Facts layout="pairs">
        <Fact name="Answer">
          <AnswerChip {...latest} /> after {formatLatency(latest.durationMs)}
        </Fact>
        {latest.endpointId && (
          <Fact name="Endpoint">
            <Link href={`/webhooks/${latest.endpointId}`} className={ui.link}>
              Show its delivery log
            </Link>
          </Fact>
        )}
      </Facts>
      {/* Of a failed job the page says why already. */}
      <Exchange
        delivery={job.status === 'failed' ? { ...latest, error: null } : latest}
        body={bodyOf(job, latest)}
      />
      {earlier.map((delivery) => (
        <details key={delivery.id} className={classes.earlier}>
          <summary>
            Attempt {delivery.attempt} <AnswerChip {...delivery} />
          </summary>
          <Exchange delivery={delivery} />
        </details>
      ))}
    </>
  )
}

/** What was sent: made of the same input and id, it is the same text. */
function bodyOf(job: JobView, { headers }: DeliveryView): string | undefined {
  const input = catalog.webhook.input.safeParse(job.input)
  if (!input.success || !headers) return undefined
  const isSigned = 'webhook-signature' in headers
  const body = webhookBody(input.data, headers['webhook-id'] ?? job.id, isSigned)
  return body.length > LIMIT ? `${body.slice(0, LIMIT)}…` : body
}
