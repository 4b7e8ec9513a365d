import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react'
import { countFailed, FAILED_UP_TO } from '@/app/_server/jobs/count-now'
import type { QueueOverview } from '@/app/_server/metrics/overview'
import { countOf } from '@/lib/format/count'
import { ActionButton } from '../../../_components/ui/action-button'
import { LinkButton } from '../../../_components/ui/button'
import { ConfirmButton } from '../../../_components/ui/confirm-button'
import ui from '../../../_components/ui/ui.module.css'
import { waitingOf } from '../../_components/words'
import { drainQueue, pause, promoteAll, resume, retryAll } from './actions'

/** What an admin can do to a queue as a whole. */
export async function QueueActions({ queue }: { queue: QueueOverview }) {
  const { name, settings, now } = queue
  const fields = { queue: name }
  const failed = await countFailed(name)
  return (
    <div className={`${ui.line} ${ui.bar}`}>
      {settings.pausedAt ? (
        <ActionButton
          action={resume}
          fields={fields}
          kind="primary"
          icon={<IconPlayerPlay size={16} aria-hidden />}
        >
          Resume
        </ActionButton>
      ) : (
        <ActionButton
          action={pause}
          fields={fields}
          icon={<IconPlayerPause size={16} aria-hidden />}
          title="No job starts until you resume it; running ones end"
        >
          Pause
        </ActionButton>
      )}
      {/* Always there: what is gone cannot say what it did. */}
      <ActionButton
        action={retryAll}
        fields={fields}
        disabled={failed === 0}
        icon={<IconRefresh size={16} aria-hidden />}
      >
        {retryLabel(failed)}
      </ActionButton>
      <ActionButton
        action={promoteAll}
        fields={fields}
        title="Those that wait for their time, or for their next attempt"
      >
        Run delayed jobs now
      </ActionButton>
      <ConfirmButton
        action={drainQueue}
        fields={fields}
        icon={<IconTrash size={16} aria-hidden />}
        title="Cancel all waiting jobs?"
        consequence={`${waitingOf(now.waiting)} wait now. They leave the queue and are marked canceled; each can be retried. Running jobs go on.`}
        confirm="Cancel waiting jobs"
      >
        Drain
      </ConfirmButton>
      <LinkButton href={`/admin/queues/queue/${name}`} prefetch={false}>
        Open in Bull Board
      </LinkButton>
    </div>
  )
}

function retryLabel(failed: number): string {
  if (failed === 0) return 'No failed jobs'
  return failed < FAILED_UP_TO ? `Retry ${countOf(failed, 'failed job')}` : 'Retry all failed jobs'
}
