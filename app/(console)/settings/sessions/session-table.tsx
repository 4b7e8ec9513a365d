import type { ListedSession } from '@/app/_server/auth/own-sessions'
import { deviceName } from '@/app/_server/format/device'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import { ActionButton } from '../../_components/ui/action-button'
import ui from '../../_components/ui/ui.module.css'
import { Day } from '../api-keys/day'
import { signOutDevice } from './actions'

type Props = { sessions: ListedSession[]; currentId: string }

/** Where the viewer is signed in, and the way out of each. */
export function SessionTable({ sessions, currentId }: Props) {
  return (
    <ScrollTable label="Where you are signed in">
      <thead>
        <tr>
          <th>Device</th>
          <th>Last seen</th>
          <th>Signed in</th>
          <th>
            <span className={ui.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} isCurrent={session.id === currentId} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

function SessionRow({ session, isCurrent }: { session: ListedSession; isCurrent: boolean }) {
  const device = deviceName(session.userAgent)
  const address = session.ip ?? 'Unknown address'
  return (
    <tr>
      <th scope="row" title={session.userAgent ?? undefined}>
        {device}
        <span className={`${ui.note} ${list.cut}`}>{address}</span>
      </th>
      <td>{isCurrent ? 'Now' : <Ago at={session.lastSeenAt.toISOString()} />}</td>
      <td>
        <Day at={session.createdAt.toISOString()} />
      </td>
      <td className={list.number}>
        {isCurrent ? (
          <span className={ui.dim}>This device</span>
        ) : (
          <ActionButton
            action={signOutDevice}
            fields={{ id: session.id }}
            kind="quiet"
            size="small"
            aria-label={`Sign out ${device}, ${address}`}
          >
            Sign out
          </ActionButton>
        )}
      </td>
    </tr>
  )
}
