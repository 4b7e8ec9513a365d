import Link from 'next/link'
import type { ListedUser } from '@/app/_server/users/list'
import { stateOf } from '@/app/_server/users/state'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import ui from '../../_components/ui/ui.module.css'
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
        <Link href={`/admin/users/${id}`} prefetch={false} className={list.cut}>
          {name}
        </Link>
        <span className={`${ui.note} ${list.cut}`}>{email}</span>
      </th>
      <td className={role === 'ADMIN' ? ui.strong : undefined}>{roleWords[role]}</td>
      <td>
        <StateWord state={stateOf(user)} />
      </td>
      <td>
        {lastSignInAt ? (
          <Ago at={lastSignInAt.toISOString()} />
        ) : (
          <span className={ui.dim}>Never</span>
        )}
      </td>
      <td>
        <Ago at={createdAt.toISOString()} />
      </td>
      <td>
        <Link
          href={`/jobs?owner=${id}`}
          prefetch={false}
          className={ui.link}
          aria-label={`Jobs of ${name}`}
        >
          Jobs
        </Link>
      </td>
    </tr>
  )
}
