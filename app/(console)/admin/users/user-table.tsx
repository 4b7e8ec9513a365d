import Link from 'next/link'
import type { ListedUser } from '@/lib/users/list'
import { stateOf } from '@/lib/users/state'
import { Ago } from '../../_components/time/ago'
import page from '../../_components/ui/page.module.css'
import { ScrollTable } from '../_components/scroll-table'
import classes from './users.module.css'
import { roleWords, StateWord } from './words'

/** Accounts, one a row. */
export function UserTable({ users }: { users: ListedUser[] }) {
  return (
    <ScrollTable label="Table of users">
      <thead>
        <tr>
          <th>User</th>
          <th>Role</th>
          <th>State</th>
          <th>Last sign-in</th>
          <th>Joined</th>
          <th>History</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} />
        ))}
      </tbody>
    </ScrollTable>
  )
}

function UserRow({ user }: { user: ListedUser }) {
  const { id, name, email, role, lastSignInAt, createdAt } = user
  return (
    <tr>
      <th scope="row">
        <Link href={`/admin/users/${id}`} prefetch={false} className={classes.cut}>
          {name}
        </Link>
        <span className={classes.email}>{email}</span>
      </th>
      <td className={classes.role} data-role={role}>
        {roleWords[role]}
      </td>
      <td>
        <StateWord state={stateOf(user)} />
      </td>
      <td>
        {lastSignInAt ? (
          <Ago at={lastSignInAt.toISOString()} />
        ) : (
          <span className={classes.dim}>Never</span>
        )}
      </td>
      <td>
        <Ago at={createdAt.toISOString()} />
      </td>
      <td>
        <Link
          href={`/jobs?owner=${id}`}
          prefetch={false}
          className={page.link}
          aria-label={`Jobs of ${name}`}
        >
          Jobs
        </Link>
      </td>
    </tr>
  )
}
