import { IconPlayerPause } from '@tabler/icons-react'
import { Chip } from '../_components/ui/chip'

/** Says that a schedule is paused. */
export function PausedChip() {
  return (
    <Chip
      status="canceled"
      title="It does not run until resumed."
      icon={<IconPlayerPause size={14} stroke={2.2} aria-hidden />}
    >
      Paused
    </Chip>
  )
}
