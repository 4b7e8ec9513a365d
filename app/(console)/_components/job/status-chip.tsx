import { IconPlayerPause } from '@tabler/icons-react'
import { statusOf, statusWords } from '@/lib/jobs/status'
import { Chip } from '../ui/chip'
import { StatusIcon } from './status-icon'

type Props = {
  /** In lower case, as the API writes it. */
  status: string
  cancelRequested?: boolean
  /** A pause keeps it from starting, or will. */
  paused?: boolean | undefined
}

const stopping = {
  label: 'Stopping',
  meaning: 'Somebody canceled it; its worker is being told to stop.',
}

const resting = {
  label: 'Paused',
  meaning: 'An admin lets jobs like this one wait; it starts once that is over.',
}

/** Icon, word and colour of a status; what it means on hover. */
export function StatusChip({ status: name, cancelRequested = false, paused = false }: Props) {
  const status = statusOf(name)
  if (!status) return <Chip status={name}>{name}</Chip>
  const usual = status === 'ACTIVE' && cancelRequested ? stopping : statusWords[status]
  const words = paused ? resting : usual
  return (
    <Chip
      status={name}
      title={words.meaning}
      icon={paused ? <IconPlayerPause size={14} aria-hidden /> : <StatusIcon status={status} />}
    >
      {words.label}
    </Chip>
  )
}
