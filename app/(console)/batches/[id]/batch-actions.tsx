import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { countOf } from '@/lib/format/count'
import { ActionButton } from '../../_components/ui/action-button'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import { cancelRest, retryFailed } from './actions'

const ICON = { size: 16, 'aria-hidden': true } as const

type Props = {
  id: string
  /** Jobs that have not ended. */
  open: number
  failed: number
}

/** What can be done with all of a batch at once. */
export function BatchActions({ id, open, failed }: Props) {
  return (
    <>
      {failed > 0 && (
        <ActionButton
          action={retryFailed}
          fields={{ id }}
          kind={open === 0 ? 'primary' : undefined}
          icon={<IconRefresh {...ICON} />}
        >
          {`Retry ${countOf(failed, 'failed job')}`}
        </ActionButton>
      )}
      {open > 0 && (
        <ConfirmButton
          action={cancelRest}
          fields={{ id }}
          icon={<IconPlayerStop {...ICON} />}
          title={`Cancel the ${countOf(open, 'job')} that have not ended?`}
          consequence="Those that wait will not run; those that run are told to stop. What is done stays done."
          confirm={`Cancel ${countOf(open, 'job')}`}
          keep="Let them go on"
        >
          Cancel the rest
        </ConfirmButton>
      )}
    </>
  )
}
