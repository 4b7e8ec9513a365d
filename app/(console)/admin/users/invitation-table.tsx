import Link from 'next/link'
import type { OpenInvitation } from '@/lib/auth/invitations'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { Moment } from '../../_components/time/moment'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import ui from '../../_components/ui/ui.module.css'
import { uninvite } from './actions'
import { roleWords } from './words'

/** Invitations that can still be accepted. */
export function InvitationTable({ invitations }: { invitations: OpenInvitation[] }) {
  if (invitations.length === 0) return <p className={ui.nothing}>Nobody is invited right now.</p>
  return (
    <ScrollTable label="Table of open invitations">
      <thead>
        <tr>
          <th>Email</th>
          <th>Joins as</th>
          <th>Invited by</th>
          <th>Works until</th>
          <th>
            <span className={ui.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {invitations.map(({ id, email, role, invitedBy, expiresAt }) => (
          <tr key={id}>
            <th scope="row">
              <span className={list.cut}>{email}</span>
            </th>
            <td>{roleWords[role]}</td>
            <td>
              {invitedBy ? (
                <Link href={`/admin/users/${invitedBy.id}`} prefetch={false} className={ui.link}>
                  {invitedBy.name}
                </Link>
              ) : (
                <span className={ui.dim}>Command line</span>
              )}
            </td>
            <td>
              <Moment at={expiresAt.toISOString()} />
            </td>
            <td className={list.number}>
              <ConfirmButton
                action={uninvite}
                fields={{ id }}
                size="small"
                aria-label={`Revoke the invitation of ${email}`}
                title={`Revoke the invitation of ${email}?`}
                consequence="The link stops working at once. You can invite them again."
                confirm="Revoke invitation"
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
