import {
  Table,
  TableScrollContainer,
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
    <TableScrollContainer minWidth={640} type="native" pos="relative">
      <Table aria-label="Where you are signed in">
        <TableThead>
          <TableTr>
            <TableTh>Device</TableTh>
            <TableTh>Address</TableTh>
            <TableTh>Last seen</TableTh>
            <TableTh>Signed in</TableTh>
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
    </TableScrollContainer>
  )
}

function Row({ session, isCurrent }: { session: ListedSession; isCurrent: boolean }) {
  const device = deviceName(session.userAgent)
  return (
    <TableTr>
      <TableTd title={session.userAgent ?? undefined}>{device}</TableTd>
      <TableTd style={{ overflowWrap: 'anywhere' }}>{session.ip ?? 'Unknown'}</TableTd>
      <TableTd>{isCurrent ? 'Now' : <Ago at={session.lastSeenAt.toISOString()} />}</TableTd>
      <TableTd>
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
            aria-label={`Sign out ${device}, ${session.ip ?? 'unknown address'}`}
          >
            Sign out
          </ActionButton>
        )}
      </TableTd>
    </TableTr>
  )
}
