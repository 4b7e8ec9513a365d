import { IconPlayerPause } from '@tabler/icons-react'
import status from '../_components/job/status.module.css'

/** Says that a schedule is paused. */
export function PausedChip() {
  return (
    <span className={status.chip} data-status="canceled" title="It does not run until resumed.">
      <IconPlayerPause size={14} stroke={2.2} aria-hidden />
      Paused
    </span>
  )
}
