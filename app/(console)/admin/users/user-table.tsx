import Link from 'next/link'
import type { ListedUser } from '@/app/_server/users/list'
import { stateOf } from '@/app/_server/users/state'
import { Table, Two } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import ui from '../../_components/ui/ui.module.css'
import { roleWords, StateWord } from './words'

/** Accounts, one a row. */
export function UserTable({ users }: { users: ListedUser[] }) {
  return (
    <Table
      label="Table of users"
      rows={users}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'User',
          cell: ({ id, name, email }) => (
            <Two note={email}>
              <Link href={`/admin/users/${id}`} prefetch={false}>
                {name}
              </Link>
            </Two>
          ),
        },
        {
          name: 'Role',
          cell: ({ role }) => (
            <span className={role === 'ADMIN' ? ui.strong : undefined}>{roleWords[role]}</span>
          ),
        },
        { name: 'State', cell: (user) => <StateWord state={stateOf(user)} /> },
        {
          name: 'Last sign-in',
          cell: ({ lastSignInAt }) =>
            lastSignInAt ? (
              <Ago at={lastSignInAt.toISOString()} />
            ) : (
              <span className={ui.dim}>Never</span>
            ),
        },
        { name: 'Joined', cell: ({ createdAt }) => <Ago at={createdAt.toISOString()} /> },
        {
          name: 'History',
          cell: ({ id, name }) => (
            <Link
              href={`/jobs?owner=${id}`}
              prefetch={false}
              className={ui.link}
              aria-label={`Jobs of ${name}`}
            >
              Jobs
            </Link>
          ),
        },
      ]}
    />
  )
}
