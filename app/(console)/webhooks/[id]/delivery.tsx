import { IconRepeat } from '@tabler/icons-react'
import Link from 'next/link'
import { formatLatency } from '@/lib/format/latency'
import type { DeliveryView } from '@/lib/webhooks/endpoint-view'
import { Ago } from '../../_components/time/ago'
import { ActionButton } from '../../_components/ui/action-button'
import page from '../../_components/ui/page.module.css'
import { AnswerChip } from '../../_components/webhook/answer-chip'
import { Exchange } from '../../_components/webhook/exchange'
import { replay } from '../actions'
import classes from '../webhooks.module.css'

const triggers: Record<string, string> = { manual: 'by hand', test: 'test' }

type Props = { delivery: DeliveryView; mayReplay: boolean }

/** One request: how it went at a glance; what was sent and answered when unfolded. */
export function Delivery({ delivery, mayReplay }: Props) {
  const { id, endpointId, jobId, event, attempt, trigger, durationMs, at } = delivery
  return (
    <li>
      <details>
        <summary>
          <AnswerChip {...delivery} />
          <span className={classes.event}>{event}</span>
          <span className={classes.dim}>
            {[attempt > 1 && `attempt ${attempt}`, triggers[trigger], formatLatency(durationMs)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className={classes.when}>
            <Ago at={at} />
          </span>
        </summary>
        <div className={classes.unfolded}>
          <Exchange delivery={delivery} />
          <p className={classes.dim}>
            <Link href={`/jobs/${jobId}`} className={page.link} prefetch={false}>
              Show its job
            </Link>
          </p>
        </div>
      </details>
      {mayReplay && (
        <ActionButton
          action={replay}
          fields={{ id: endpointId ?? '', delivery: id }}
          size="small"
          kind="quiet"
          icon={<IconRepeat size={15} aria-hidden />}
          aria-label={`Replay ${event}`}
        >
          Replay
        </ActionButton>
      )}
    </li>
  )
}
