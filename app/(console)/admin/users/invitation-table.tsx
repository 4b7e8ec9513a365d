import Link from 'next/link'
import type { OpenInvitation } from '@/lib/auth/invitations'
import list from '../../_components/list/list.module.css'
import { Table } from '../../_components/list/table'
import { Moment } from '../../_components/time/moment'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import ui from '../../_components/ui/ui.module.css'
import { uninvite } from './actions'
import { roleWords } from './words'

/** Invitations that can still be accepted. */
export function InvitationTable({ invitations }: { invitations: OpenInvitation[] }) {
  return (
    <Table
      label="Table of open invitations"
      empty="Nobody is invited right now."
      rows={invitations}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Email', cell: ({ email }) => <span className={list.cut}>{email}</span> },
        { name: 'Joins as', cell: ({ role }) => roleWords[role] },
        {
          name: 'Invited by',
          cell: ({ invitedBy }) =>
            invitedBy ? (
              <Link href={`/admin/users/${invitedBy.id}`} prefetch={false} className={ui.link}>
                {invitedBy.name}
              </Link>
            ) : (
              <span className={ui.dim}>Command line</span>
            ),
        },
        { name: 'Works until', cell: ({ expiresAt }) => <Moment at={expiresAt.toISOString()} /> },
        {
          name: 'Actions',
          look: 'actions',
          cell: ({ id, email }) => (
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
          ),
        },
      ]}
    />
  )
}
