import type { Suppression } from '@/lib/db/generated/client'
import { reasonLabels } from '@/lib/suppressions/list'
import list from '../../_components/list/list.module.css'
import { Table } from '../../_components/list/table'
import { Day } from '../../_components/time/day'
import { ActionButton } from '../../_components/ui/action-button'
import { remove } from './actions'

/** The addresses that are left out, and the way back for each. */
export function SuppressionTable({ rows }: { rows: Suppression[] }) {
  return (
    <Table
      label="Suppressed addresses"
      empty="There are no more addresses."
      rows={rows}
      keyOf={({ email }) => email}
      columns={[
        {
          name: 'Address',
          cell: ({ email }) => (
            <span className={list.cut} title={email}>
              {email}
            </span>
          ),
        },
        { name: 'Reason', cell: ({ reason }) => reasonLabels[reason] },
        { name: 'Since', cell: ({ createdAt }) => <Day at={createdAt.toISOString()} /> },
        {
          name: 'Actions',
          look: 'actions',
          cell: ({ email }) => (
            <ActionButton
              action={remove}
              fields={{ email }}
              kind="quiet"
              size="small"
              aria-label={`Remove ${email} from the list`}
            >
              Remove
            </ActionButton>
          ),
        },
      ]}
    />
  )
}
