import {
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconTrash,
} from '@tabler/icons-react'
import type { ScheduleView } from '@/app/_server/schedules/view'
import { ActionButton } from '../../_components/ui/action-button'
import { LinkButton } from '../../_components/ui/button'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import { pause, remove, resume, run } from '../actions'

const ICON = { size: 16, 'aria-hidden': true } as const

/** What can be done with a schedule. */
export function Actions({ schedule: { id, name, enabled, system } }: { schedule: ScheduleView }) {
  const fields = { id }
  return (
    <>
      <ActionButton
        action={run}
        fields={fields}
        kind="primary"
        icon={<IconPlayerTrackNext {...ICON} />}
      >
        Run now
      </ActionButton>
      {enabled ? (
        <ActionButton action={pause} fields={fields} icon={<IconPlayerPause {...ICON} />}>
          Pause
        </ActionButton>
      ) : (
        <ActionButton action={resume} fields={fields} icon={<IconPlayerPlay {...ICON} />}>
          Resume
        </ActionButton>
      )}
      <LinkButton href={`/schedules/${id}/edit`} icon={<IconPencil {...ICON} />}>
        Edit
      </LinkButton>
      {!system && (
        <ConfirmButton
          action={remove}
          fields={fields}
          icon={<IconTrash {...ICON} />}
          aria-label="Delete"
          title={`Delete “${name}”?`}
          consequence="It makes no more jobs, and the list of its runs is gone. The jobs it made stay."
          confirm="Delete schedule"
        />
      )}
    </>
  )
}
