import {
  Table,
  TableTbody,
  TableTd,
  TableTh,
  TableThead,
  TableTr,
  Text,
  VisuallyHidden,
} from '@mantine/core'
import type { ListedSession } from '@/lib/auth/own-sessions'
import { deviceName } from '@/lib/format/device'
import { Ago } from '../../_components/time/ago'
import { ActionButton } from '../../_components/ui/action-button'
import { Day } from '../api-keys/day'
import { signOutDevice } from './actions'

type Props = { sessions: ListedSession[]; currentId: string }

/** Where the viewer is signed in, and the way out of each. */
export function SessionTable({ sessions, currentId }: Props) {
  return (
    <Table aria-label="Where you are signed in">
      <TableThead>
        <TableTr>
          <TableTh>Device</TableTh>
          <TableTh>Last seen</TableTh>
          <TableTh visibleFrom="xs">Signed in</TableTh>
          <TableTh>
            <VisuallyHidden>Actions</VisuallyHidden>
          </TableTh>
        </TableTr>
      </TableThead>
      <TableTbody>
        {sessions.map((session) => (
          <Row key={session.id} session={session} isCurrent={session.id === currentId} />
        ))}
      </TableTbody>
    </Table>
  )
}

function Row({ session, isCurrent }: { session: ListedSession; isCurrent: boolean }) {
  const device = deviceName(session.userAgent)
  const address = session.ip ?? 'Unknown address'
  return (
    <TableTr>
      <TableTd title={session.userAgent ?? undefined}>
        {device}
        <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {address}
        </Text>
      </TableTd>
      <TableTd>{isCurrent ? 'Now' : <Ago at={session.lastSeenAt.toISOString()} />}</TableTd>
      <TableTd visibleFrom="xs">
        <Day at={session.createdAt.toISOString()} />
      </TableTd>
      <TableTd ta="right">
        {isCurrent ? (
          <Text span c="dimmed">
            This device
          </Text>
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
      </TableTd>
    </TableTr>
  )
}
