import { IconPlayerPause } from '@tabler/icons-react'
import Link from 'next/link'
import type { Viewer } from '@/lib/access/viewer'
import type { Pause } from '@/lib/db/generated/client'
import { describePauses } from '@/lib/jobs/pauses/words'
import { Moment } from '../time/moment'
import { Notice } from '../ui/notice'
import ui from '../ui/ui.module.css'

type Props = { pauses: readonly Pause[]; viewer: Viewer }

/** Says which jobs do not start, until when and why; nothing where all do. */
export async function PauseNotice({ pauses, viewer }: Props) {
  if (pauses.length === 0) return null
  const described = await describePauses(viewer, pauses)
  return (
    <Notice
      label="Paused"
      icon={<IconPlayerPause size={18} stroke={1.8} aria-hidden data-status="retrying" />}
    >
      {described.map(({ id, subject, until, reason }) => (
        <p key={id}>
          <strong>{subject}</strong> are paused until{' '}
          {until ? <Moment at={until} /> : 'an admin resumes them'}.{' '}
          <span className={ui.dim}>{reason}</span>
        </p>
      ))}
      {viewer.role === 'ADMIN' && (
        <p>
          <Link href="/admin/pauses" className={ui.link}>
            See all pauses
          </Link>
        </p>
      )}
    </Notice>
  )
}
