import {
  Table,
  TableScrollContainer,
  TableTbody,
  TableTd,
  TableTh,
  TableThead,
  TableTr,
  VisuallyHidden,
} from '@mantine/core'
import type { Suppression } from '@/lib/db/generated/client'
import { reasonLabels } from '@/lib/suppressions/list'
import { ActionButton } from '../../_components/ui/action-button'
import { Day } from '../api-keys/day'
import { remove } from './actions'

/** The addresses that are left out, and the way back for each. */
export function SuppressionTable({ rows }: { rows: Suppression[] }) {
  return (
    <TableScrollContainer minWidth={520} type="native" pos="relative">
      <Table aria-label="Suppressed addresses">
        <TableThead>
          <TableTr>
            <TableTh>Address</TableTh>
            <TableTh>Reason</TableTh>
            <TableTh>Since</TableTh>
            <TableTh>
              <VisuallyHidden>Actions</VisuallyHidden>
            </TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {rows.map(({ email, reason, createdAt }) => (
            <TableTr key={email}>
              <TableTd style={{ overflowWrap: 'anywhere' }}>{email}</TableTd>
              <TableTd>{reasonLabels[reason]}</TableTd>
              <TableTd>
                <Day at={createdAt.toISOString()} />
              </TableTd>
              <TableTd>
                <ActionButton
                  action={remove}
                  fields={{ email }}
                  kind="quiet"
                  size="small"
                  aria-label={`Remove ${email} from the list`}
                >
                  Remove
                </ActionButton>
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </TableScrollContainer>
  )
}
