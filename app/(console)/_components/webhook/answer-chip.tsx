import { IconCheck, IconX } from '@tabler/icons-react'
import type { DeliveryView } from '@/lib/webhooks/endpoint-view'
import status from '../job/status.module.css'

const ICON = { size: 14, stroke: 2.2, 'aria-hidden': true } as const

/** What a receiver answered: its status, and whether that is a success. */
export function AnswerChip({ status: code, error }: Pick<DeliveryView, 'status' | 'error'>) {
  return (
    <span className={status.chip} data-status={error ? 'failed' : 'completed'}>
      {error ? <IconX {...ICON} /> : <IconCheck {...ICON} />}
      {code ?? 'No answer'}
    </span>
  )
}
