import {
  IconBan,
  IconCheck,
  IconClock,
  IconDots,
  IconLoader2,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import type { JobStatus } from '@/lib/db/generated/enums'
import classes from './job.module.css'

const icons = {
  SCHEDULED: IconClock,
  QUEUED: IconDots,
  ACTIVE: IconLoader2,
  RETRYING: IconRefresh,
  COMPLETED: IconCheck,
  FAILED: IconX,
  CANCELED: IconBan,
} as const

/** The status as a picture; always shown beside its word. */
export function StatusIcon({ status, size = 14 }: { status: JobStatus; size?: number }) {
  const Icon = icons[status]
  return (
    <Icon
      size={size}
      stroke={2.2}
      aria-hidden
      className={status === 'ACTIVE' ? classes.spin : undefined}
    />
  )
}
