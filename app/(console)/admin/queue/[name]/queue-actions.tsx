import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import { countFailed, FAILED_UP_TO } from '@/app/_server/jobs/count-now'
import type { QueueOverview } from '@/app/_server/metrics/overview'
import { countOf } from '@/lib/format/count'
import { hrefOf } from '../../../_components/list/href'
import { ActionButton } from '../../../_components/ui/action-button'
import { LinkButton } from '../../../_components/ui/button'
import ui from '../../../_components/ui/ui.module.css'
import { pause, resume } from './actions'

const ICON = { size: 16, 'aria-hidden': true } as const

/**
 * What an admin can do to a queue as a whole. What changes many jobs leads to a page that counts them
 * and says what follows.
 */
export async function QueueActions({ queue }: { queue: QueueOverview }) {
  const { name, settings, now } = queue
  const fields = { queue: name }
  const failed = await countFailed(name)
  const all = (action: string, status?: string) =>
    hrefOf('/jobs/matching', { action, queue: name, status })
  return (
    <div className={`${ui.line} ${ui.bar}`}>
      {settings.pausedAt ? (
        <ActionButton
          action={resume}
          fields={fields}
          kind="primary"
          icon={<IconPlayerPlay {...ICON} />}
        >
          Resume
        </ActionButton>
      ) : (
        <ActionButton
          action={pause}
          fields={fields}
          icon={<IconPlayerPause {...ICON} />}
          title="No job starts until you resume it; running ones end"
        >
          Pause
        </ActionButton>
      )}
      {failed > 0 && (
        <LinkButton href={all('retry', 'failed')} prefetch={false} icon={<IconRefresh {...ICON} />}>
          {failed < FAILED_UP_TO
            ? `Retry ${countOf(failed, 'failed job')}`
            : 'Retry all failed jobs'}
        </LinkButton>
      )}
      <LinkButton
        href={all('promote')}
        prefetch={false}
        icon={<IconPlayerTrackNext {...ICON} />}
        title="Those that wait for their time, or for their next attempt"
      >
        Run delayed now
      </LinkButton>
      {now.waiting > 0 && (
        <LinkButton href={all('cancel', 'queued')} prefetch={false} icon={<IconX {...ICON} />}>
          Cancel waiting
        </LinkButton>
      )}
      <LinkButton href={`/admin/queues/queue/${name}`} prefetch={false}>
        Open in Bull Board
      </LinkButton>
    </div>
  )
}
