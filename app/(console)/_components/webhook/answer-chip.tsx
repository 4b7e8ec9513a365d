import type { DeliveryView } from '@/app/_server/webhooks/endpoint-view'
import { Chip } from '../ui/chip'

/** What a receiver answered: its status, and whether that is a success. */
export function AnswerChip({ status: code, error }: Pick<DeliveryView, 'status' | 'error'>) {
  return <Chip status={error ? 'failed' : 'completed'}>{code ?? 'No answer'}</Chip>
}
