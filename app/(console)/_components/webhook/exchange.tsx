import type { DeliveryView } from '@/lib/webhooks/endpoint-view'
import classes from './exchange.module.css'

type Props = {
  delivery: DeliveryView
  /** What was sent, where it is still known. */
  body?: string
}

/** A request and its answer. */
export function Exchange({ delivery: { url, headers, status, excerpt, error }, body }: Props) {
  return (
    <div className={classes.exchange}>
      {error && <p className={classes.error}>{error}</p>}
      <section aria-label="Request">
        <p className={classes.part}>Request</p>
        <p className={classes.line}>
          <strong>POST</strong> {url}
        </p>
        {headers && (
          <dl className={classes.headers}>
            {Object.entries(headers).map(([name, value]) => (
              <div key={name} data-signature={name.startsWith('webhook-')}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {body !== undefined && <pre className={classes.body}>{body}</pre>}
      </section>
      <section aria-label="Answer">
        <p className={classes.part}>Answer</p>
        {status === null ? (
          <p className={classes.none}>None came.</p>
        ) : (
          <>
            <p className={classes.line}>
              <strong>{status}</strong>
            </p>
            {excerpt ? (
              <pre className={classes.body}>{excerpt}</pre>
            ) : (
              <p className={classes.none}>Without a body.</p>
            )}
          </>
        )}
      </section>
    </div>
  )
}
