import type { ListedApiKey } from '@/lib/auth/api-keys'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import ui from '../../_components/ui/ui.module.css'
import { revokeKey } from './actions'
import { Day } from './day'

/** The viewer's keys: told apart by name and first characters. */
export function KeyTable({ keys }: { keys: ListedApiKey[] }) {
  if (keys.length === 0) {
    return <p className={ui.nothing}>You have no keys yet. Create the first one below.</p>
  }
  return (
    <ScrollTable label="Table of your API keys">
      <thead>
        <tr>
          <th>Name</th>
          <th>Key</th>
          <th>May</th>
          <th>Last used</th>
          <th>Ends</th>
          <th>
            <span className={ui.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ id, name, prefix, scopes, lastUsedAt, expiresAt }) => (
          <tr key={id}>
            <th scope="row">
              <span className={list.cut}>{name}</span>
            </th>
            <td className={ui.mono}>{prefix}…</td>
            <td className={`${ui.note} ${list.wrapping}`}>{scopes.join(', ')}</td>
            <td>{lastUsedAt ? <Day at={lastUsedAt.toISOString()} /> : 'Never'}</td>
            <td>{expiresAt ? <Day at={expiresAt.toISOString()} /> : 'Never'}</td>
            <td className={list.number}>
              <ConfirmButton
                action={revokeKey}
                fields={{ id }}
                size="small"
                title={`Revoke “${name}”?`}
                consequence="Whatever uses this key is refused from its next request on. This cannot be undone."
                confirm="Revoke key"
              >
                Revoke
              </ConfirmButton>
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}
