import { IconRepeat } from '@tabler/icons-react'
import Link from 'next/link'
import { formatLatency } from '@/app/_server/format/latency'
import type { DeliveryView } from '@/app/_server/webhooks/endpoint-view'
import list from '../../_components/list/list.module.css'
import { Ago } from '../../_components/time/ago'
import { ActionButton } from '../../_components/ui/action-button'
import ui from '../../_components/ui/ui.module.css'
import { AnswerChip } from '../../_components/webhook/answer-chip'
import { Exchange } from '../../_components/webhook/exchange'
import { replay } from '../actions'
import classes from './delivery.module.css'

const triggers: Record<string, string> = { manual: 'by hand', test: 'test' }

type Props = { delivery: DeliveryView; mayReplay: boolean }

/** One request: how it went at a glance; what was sent and answered when unfolded. */
export function Delivery({ delivery, mayReplay }: Props) {
  const { id, endpointId, jobId, event, attempt, trigger, durationMs, at } = delivery
  return (
    <li className={`${list.row} ${classes.delivery}`}>
      <details>
        <summary className={ui.line}>
          <AnswerChip {...delivery} />
          <span className={ui.strong}>{event}</span>
          <span className={ui.note}>
            {[attempt > 1 && `attempt ${attempt}`, triggers[trigger], formatLatency(durationMs)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className={ui.note}>
            <Ago at={at} />
          </span>
        </summary>
        <Exchange delivery={delivery} />
        <Link href={`/jobs/${jobId}`} className={ui.link} prefetch={false}>
          Show its job
        </Link>
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
