import { formatLatency } from '@/app/_server/format/latency'
import type { DeliveryView } from '@/app/_server/webhooks/endpoint-view'
import { truncate } from '@/lib/format/truncate'
import { Fact, Facts } from '../list/facts'
import { CodeBlock } from '../ui/code-block'
import { CopyButton } from '../ui/copy-button'
import ui from '../ui/ui.module.css'
import { AnswerChip } from './answer-chip'
import classes from './exchange.module.css'

type Props = {
  delivery: DeliveryView
  /** What was sent, where it is still known. */
  body?: string | undefined
  /** False where the page says that already. */
  withError?: boolean
}

/** A request and its answer. */
export function Exchange({ delivery, body, withError = true }: Props) {
  const { url, headers, status, excerpt, error, durationMs } = delivery
  return (
    <div className={classes.exchange}>
      {withError && error && <p className={classes.error}>{error}</p>}
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
        {body !== undefined && <Body text={body} label="Copy the body as it was sent" />}
      </section>
      <section aria-label="Answer">
        <p className={ui.line}>
          <span className={ui.note}>Answer</span> <AnswerChip {...delivery} />
          <span className={ui.note}>after {formatLatency(durationMs)}</span>
        </p>
        {excerpt && <Body text={excerpt} label="Copy the answer" />}
        {status !== null && !excerpt && <p className={ui.dim}>Without a body.</p>}
      </section>
    </div>
  )
}

/** Longer bodies are cut: a page has to stay quick. */
const LIMIT = 20_000

/** A body, with its JSON laid out; what is copied is each byte of it. */
function Body({ text, label }: { text: string; label: string }) {
  const isLong = text.length > LIMIT
  return (
    <div className={classes.body}>
      <CodeBlock text={isLong ? `${truncate(text, LIMIT)}…` : laidOut(text)} />
      {!isLong && <CopyButton text={text} label={label} />}
    </div>
  )
}

function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
