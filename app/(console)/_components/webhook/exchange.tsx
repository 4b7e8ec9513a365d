import type { DeliveryView } from '@/app/_server/webhooks/endpoint-view'
import { Fact, Facts } from '../list/facts'
import { CodeBlock } from '../ui/code-block'
import ui from '../ui/ui.module.css'
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
        <p className={ui.note}>Request</p>
        <p className={ui.mono}>
          <strong>POST</strong> {url}
        </p>
        {headers && (
          <div className={ui.mono}>
            <Facts layout="pairs">
              {Object.entries(headers).map(([name, value]) => (
                <Fact
                  key={name}
                  name={
                    name.startsWith('webhook-') ? <span className={ui.link}>{name}</span> : name
                  }
                >
                  {value}
                </Fact>
              ))}
            </Facts>
          </div>
        )}
        {body !== undefined && <CodeBlock text={body} />}
      </section>
      <section aria-label="Answer">
        <p className={ui.note}>Answer</p>
        {status === null ? (
          <p className={ui.dim}>None came.</p>
        ) : (
          <>
            <p className={ui.mono}>
              <strong>{status}</strong>
            </p>
            {excerpt ? <CodeBlock text={excerpt} /> : <p className={ui.dim}>Without a body.</p>}
          </>
        )}
      </section>
    </div>
  )
}
