import { statusOf, statusWords } from '@/lib/jobs/status'
import classes from './status.module.css'
import { StatusIcon } from './status-icon'

type Props = {
  /** In lower case, as the API writes it. */
  status: string
  cancelRequested?: boolean
}

const stopping = {
  label: 'Stopping',
  meaning: 'Somebody canceled it; its worker is being told to stop.',
}

/** Icon, word and colour of a status; what it means on hover. */
export function StatusChip({ status: name, cancelRequested = false }: Props) {
  const status = statusOf(name)
  if (!status) return <span className={classes.chip}>{name}</span>
  const words = status === 'ACTIVE' && cancelRequested ? stopping : statusWords[status]
  return (
    <span className={classes.chip} data-status={name} title={words.meaning}>
      <StatusIcon status={status} />
      {words.label}
    </span>
  )
}
