import { bodyValue } from '@/lib/webhooks/body'
import classes from '../new.module.css'
import request from './webhook.module.css'
import { sendable, type WebhookValues } from './webhook-values'

type Props = {
  values: WebhookValues
  /** Undefined for an endpoint that is not there. */
  url: string | undefined
}

/** The request as it will be, with what is only known when it is sent in words. */
export function RequestPreview({ values, url }: Props) {
  const { input, issues } = sendable(values)
  const target = url && URL.canParse(url) ? new URL(url) : undefined
  const headers: [string, string][] = [
    ['host', target?.host ?? '…'],
    ['content-type', 'application/json'],
    ['millrace-event', values.event.trim() || '…'],
    ['webhook-id', 'the job’s id, the same at every attempt'],
    ['webhook-timestamp', 'seconds, when it is sent'],
    ...signatureOf(values),
    ...Object.entries(input?.headers ?? {}),
  ]
  return (
    <section className={classes.aside} aria-label="Preview of the request">
      <p className={classes.asideTitle}>Preview of the request</p>
      <div className={request.preview}>
        <p>
          <strong>POST</strong> {target ? `${target.pathname}${target.search}` : '…'}
        </p>
        <dl>
          {headers.map(([name, value]) => (
            <div key={name} data-signature={name.startsWith('webhook-')}>
              <dt>{name}:</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <pre>{issues ? issues[0]?.message : bodyText(input)}</pre>
      </div>
    </section>
  )
}

function signatureOf({ endpointId }: WebhookValues): [string, string][] {
  return endpointId ? [['webhook-signature', 'v1,… made with the endpoint’s secret']] : []
}

function bodyText(input: Parameters<typeof bodyValue>[0]): string {
  return JSON.stringify(bodyValue(input, 'when it is enqueued'), null, 2)
}
