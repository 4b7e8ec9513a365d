import {
  Code,
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
import type { ListedApiKey } from '@/lib/auth/api-keys'
import { Day } from './day'
import { RevokeButton } from './revoke-button'

/** The viewer's keys: told apart by name and first characters. */
export function KeyTable({ keys }: { keys: ListedApiKey[] }) {
  if (keys.length === 0) return <Text>You have no keys yet. Create the first one below.</Text>
  return (
    <TableScrollContainer minWidth={640} type="native" pos="relative">
      <Table>
        <TableThead>
          <TableTr>
            <TableTh>Name</TableTh>
            <TableTh>Key</TableTh>
            <TableTh>May</TableTh>
            <TableTh>Last used</TableTh>
            <TableTh>Ends</TableTh>
            <TableTh>
              <VisuallyHidden>Actions</VisuallyHidden>
            </TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {keys.map((key) => (
            <TableTr key={key.id}>
              <TableTd>{key.name}</TableTd>
              <TableTd>
                <Code>{key.prefix}…</Code>
              </TableTd>
              <TableTd>
                <Text fz="xs" c="dimmed">
                  {key.scopes.join(', ')}
                </Text>
              </TableTd>
              <TableTd>
                {key.lastUsedAt ? <Day at={key.lastUsedAt.toISOString()} /> : 'Never'}
              </TableTd>
              <TableTd>
                {key.expiresAt ? <Day at={key.expiresAt.toISOString()} /> : 'Never'}
              </TableTd>
              <TableTd>
                <RevokeButton id={key.id} name={key.name} />
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </TableScrollContainer>
  )
}
