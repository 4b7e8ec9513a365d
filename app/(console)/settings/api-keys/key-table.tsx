import type { FormState } from '@/app/_server/forms/form-state'
import type { ListedApiKey } from '@/lib/auth/api-keys'
import list from '../../_components/list/list.module.css'
import { Table } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import { Day } from '../../_components/time/day'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import ui from '../../_components/ui/ui.module.css'

type Props = {
  keys: ListedApiKey[]
  label: string
  empty: string
  revoke: (state: FormState, form: FormData) => Promise<FormState>
}

/** Somebody's keys: told apart by name and first characters. */
export function KeyTable({ keys, label, empty, revoke }: Props) {
  return (
    <Table
      label={label}
      empty={empty}
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Name', cell: ({ name }) => <span className={list.cut}>{name}</span> },
        { name: 'Key', cell: ({ prefix }) => <span className={ui.mono}>{prefix}…</span> },
        {
          name: 'May',
          cell: ({ scopes }) => (
            <span className={`${ui.note} ${list.wrapping}`}>{scopes.join(', ')}</span>
          ),
        },
        {
          name: 'Last used',
          cell: ({ lastUsedAt }) => (lastUsedAt ? <Ago at={lastUsedAt.toISOString()} /> : 'Never'),
        },
        {
          name: 'Ends',
          cell: ({ expiresAt }) => (expiresAt ? <Day at={expiresAt.toISOString()} /> : 'Never'),
        },
        {
          name: 'Actions',
          look: 'actions',
          cell: ({ id, name }) => (
            <ConfirmButton
              action={revoke}
              fields={{ id }}
              size="small"
              aria-label={`Revoke ${name}`}
              title={`Revoke “${name}”?`}
              consequence="Whatever uses this key is refused from its next request on. This cannot be undone."
              confirm="Revoke key"
            >
              Revoke
            </ConfirmButton>
          ),
        },
      ]}
    />
  )
}
