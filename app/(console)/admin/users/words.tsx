import type { Role } from '@/lib/db/generated/enums'
import type { UserState } from '@/lib/users/state'
import classes from './users.module.css'

export const stateWords: Record<UserState, string> = {
  active: 'Active',
  disabled: 'Disabled',
  removing: 'Being removed',
  anonymized: 'Anonymized',
}

export const roleWords: Record<Role, string> = { USER: 'User', ADMIN: 'Admin' }

/** How an account stands, in a word. */
export function StateWord({ state }: { state: UserState }) {
  return (
    <span className={classes.state} data-state={state}>
      {stateWords[state]}
    </span>
  )
}
