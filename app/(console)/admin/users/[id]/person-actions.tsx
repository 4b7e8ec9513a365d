import {
  IconKey,
  IconLock,
  IconLockOpen,
  IconLogout,
  IconShield,
  IconTrash,
} from '@tabler/icons-react'
import type { Person } from '@/app/_server/users/person'
import type { UserState } from '@/app/_server/users/state'
import { ActionButton } from '../../../_components/ui/action-button'
import { LinkButton } from '../../../_components/ui/button'
import { ConfirmButton } from '../../../_components/ui/confirm-button'
import ui from '../../../_components/ui/ui.module.css'
import { disable, enable, makeAdmin, makeUser, sendReset, signOut } from '../actions'

const ICON = { size: 16, 'aria-hidden': true } as const

type Props = { person: Person; state: UserState; isSelf: boolean }

/** What an admin can do about an account. */
export function PersonActions({ person, state, isSelf }: Props) {
  const isKept = state === 'active' || state === 'disabled'
  if (isSelf) return <OwnActions person={person} />
  return (
    <div className={`${ui.line} ${ui.bar}`}>
      {isKept && <RoleButton person={person} />}
      {state === 'active' && <ActiveActions person={person} />}
      {state === 'disabled' && (
        <ActionButton action={enable} fields={{ id: person.id }} icon={<IconLockOpen {...ICON} />}>
          Enable
        </ActionButton>
      )}
      {state !== 'removing' && (
        <LinkButton
          href={`/admin/users/${person.id}/remove`}
          icon={<IconTrash {...ICON} />}
          prefetch={false}
        >
          {state === 'anonymized' ? 'Delete' : 'Delete or anonymize'}
        </LinkButton>
      )}
    </div>
  )
}

function OwnActions({ person }: { person: Person }) {
  return (
    <>
      <div className={`${ui.line} ${ui.bar}`}>
        <RoleButton person={person} />
        <SignOutButton person={person} />
      </div>
      <p className={ui.dim}>This is you. Only another admin can disable or delete your account.</p>
    </>
  )
}

function ActiveActions({ person }: { person: Person }) {
  const fields = { id: person.id }
  return (
    <>
      <ActionButton
        action={sendReset}
        fields={fields}
        icon={<IconKey {...ICON} />}
        title="Mails a link to choose a new password"
      >
        Send password reset
      </ActionButton>
      <SignOutButton person={person} />
      <ConfirmButton
        action={disable}
        fields={fields}
        icon={<IconLock {...ICON} />}
        title={`Disable ${person.name}?`}
        consequence="Their sessions and API keys stop working at the next request. Jobs that wait still run; schedules make no more until you enable the account again."
        confirm="Disable account"
        keep="Leave it enabled"
      >
        Disable
      </ConfirmButton>
    </>
  )
}

function SignOutButton({ person }: { person: Person }) {
  return (
    <ConfirmButton
      action={signOut}
      fields={{ id: person.id }}
      icon={<IconLogout {...ICON} />}
      title={`Sign ${person.name} out everywhere?`}
      consequence="Every session ends at its next request. API keys go on working."
      confirm="Sign out everywhere"
      keep="Leave them signed in"
    >
      Sign out everywhere
    </ConfirmButton>
  )
}

function RoleButton({ person }: { person: Person }) {
  const isAdmin = person.role === 'ADMIN'
  return (
    <ConfirmButton
      action={isAdmin ? makeUser : makeAdmin}
      fields={{ id: person.id }}
      icon={<IconShield {...ICON} />}
      title={isAdmin ? `Make ${person.name} a user?` : `Make ${person.name} an admin?`}
      consequence={
        isAdmin
          ? 'From their next request on they see their own jobs and files only.'
          : 'From their next request on they see and change everything, and manage users.'
      }
      confirm={isAdmin ? 'Make user' : 'Make admin'}
      keep="Leave the role"
    >
      {isAdmin ? 'Make user' : 'Make admin'}
    </ConfirmButton>
  )
}
