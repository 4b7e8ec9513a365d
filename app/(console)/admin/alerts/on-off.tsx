import { IconBan, IconCheck } from '@tabler/icons-react'
import status from '../../_components/job/status.module.css'

const ICON = { size: 14, stroke: 2.2, 'aria-hidden': true } as const

/** Whether a rule or channel is on: icon, word and colour. */
export function OnOff({ enabled }: { enabled: boolean }) {
  return (
    <span className={status.chip} data-status={enabled ? 'completed' : 'canceled'}>
      {enabled ? <IconCheck {...ICON} /> : <IconBan {...ICON} />}
      {enabled ? 'On' : 'Off'}
    </span>
  )
}
