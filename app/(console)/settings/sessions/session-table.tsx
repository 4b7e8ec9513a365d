import type { ListedSession } from '@/app/_server/auth/own-sessions'
import { deviceName } from '@/app/_server/format/device'
import { Table, Two } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import { Day } from '../../_components/time/day'
import { ActionButton } from '../../_components/ui/action-button'
import ui from '../../_components/ui/ui.module.css'
import { signOutDevice } from './actions'

type Props = { sessions: ListedSession[]; currentId: string }

const addressOf = ({ ip }: ListedSession) => ip ?? 'Unknown address'

/** Where the viewer is signed in, and the way out of each. */
export function SessionTable({ sessions, currentId }: Props) {
  return (
    <Table
      label="Where you are signed in"
      rows={sessions}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Device',
          cell: (session) => (
            <Two note={addressOf(session)} title={session.userAgent ?? undefined}>
              {deviceName(session.userAgent)}
            </Two>
          ),
        },
        {
          name: 'Last seen',
          cell: ({ id, lastSeenAt }) =>
            id === currentId ? 'Now' : <Ago at={lastSeenAt.toISOString()} />,
        },
        { name: 'Signed in', cell: ({ createdAt }) => <Day at={createdAt.toISOString()} /> },
        {
          name: 'Actions',
          look: 'actions',
          cell: (session) =>
            session.id === currentId ? (
              <span className={ui.dim}>This device</span>
            ) : (
              <ActionButton
                action={signOutDevice}
                fields={{ id: session.id }}
                kind="quiet"
                size="small"
                aria-label={`Sign out ${deviceName(session.userAgent)}, ${addressOf(session)}`}
              >
                Sign out
              </ActionButton>
            ),
        },
      ]}
    />
  )
}
