import { asPerson } from '@/app/_server/users/person'
import { listApiKeys } from '@/lib/auth/api-keys'
import list from '../../../../_components/list/list.module.css'
import { ScrollTable } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import { Moment } from '../../../../_components/time/moment'
import { ConfirmButton } from '../../../../_components/ui/confirm-button'
import ui from '../../../../_components/ui/ui.module.css'
import { revokeKey } from '../../actions'
import type { RecordsProps } from './records'

/** Somebody's API keys that were not revoked. */
export async function KeyRecords({ admin: viewer, id }: Pick<RecordsProps, 'admin' | 'id'>) {
  const keys = await listApiKeys(asPerson(viewer, id))
  if (keys.length === 0) return <p className={ui.nothing}>No API keys.</p>
  return (
    <ScrollTable label="Table of their API keys">
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
        {keys.map((key) => (
          <tr key={key.id}>
            <th scope="row">
              <span className={list.cut}>{key.name}</span>
            </th>
            <td className={ui.mono}>{key.prefix}…</td>
            <td>
              <span className={list.cut}>{key.scopes.join(', ')}</span>
            </td>
            <td>{key.lastUsedAt ? <Ago at={key.lastUsedAt.toISOString()} /> : 'Never'}</td>
            <td>{key.expiresAt ? <Moment at={key.expiresAt.toISOString()} /> : 'Never'}</td>
            <td className={list.number}>
              <ConfirmButton
                action={revokeKey}
                fields={{ id: key.id }}
                size="small"
                aria-label={`Revoke ${key.name}`}
                title={`Revoke “${key.name}”?`}
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
