import {
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconPlugConnectedX,
  IconStack2,
} from '@tabler/icons-react'
import type { NotificationKind } from '@/lib/db/generated/enums'

export const looks = {
  JOB_FAILED: { icon: IconCircleX, status: 'failed' },
  JOB_DONE: { icon: IconCircleCheck, status: 'completed' },
  BATCH_DONE: { icon: IconStack2, status: 'completed' },
  ENDPOINT_DISABLED: { icon: IconPlugConnectedX, status: 'retrying' },
  SCHEDULE_REFUSED: { icon: IconCalendarX, status: 'failed' },
} as const satisfies Record<NotificationKind, unknown>

export function NoticeIcon({ kind }: { kind: NotificationKind }) {
  const { icon: Icon } = looks[kind]
  return <Icon size={20} stroke={1.7} aria-hidden />
}
