import type { Suppression } from '@/lib/db/generated/client'
import { reasonLabels } from '@/lib/suppressions/list'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { ActionButton } from '../../_components/ui/action-button'
import ui from '../../_components/ui/ui.module.css'
import { Day } from '../api-keys/day'
import { remove } from './actions'

/** The addresses that are left out, and the way back for each. */
export function SuppressionTable({ rows }: { rows: Suppression[] }) {
  return (
    <ScrollTable label="Suppressed addresses">
      <thead>
        <tr>
          <th>Address</th>
          <th>Reason</th>
          <th>Since</th>
          <th>
            <span className={ui.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ email, reason, createdAt }) => (
          <tr key={email}>
            <td>
              <span className={list.cut} title={email}>
                {email}
              </span>
            </td>
            <td>{reasonLabels[reason]}</td>
            <td>
              <Day at={createdAt.toISOString()} />
            </td>
            <td className={list.number}>
              <ActionButton
                action={remove}
                fields={{ email }}
                kind="quiet"
                size="small"
                aria-label={`Remove ${email} from the list`}
              >
                Remove
              </ActionButton>
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}
