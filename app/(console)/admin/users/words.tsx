import type { UserState } from '@/app/_server/users/state'
import type { Role } from '@/lib/db/generated/enums'
import ui from '../../_components/ui/ui.module.css'

export const stateWords: Record<UserState, string> = {
  active: 'Active',
  disabled: 'Disabled',
  removing: 'Being removed',
  anonymized: 'Anonymized',
}

/** Whose colour an account's state has. */
const looks: Record<UserState, string> = {
  active: 'completed',
  disabled: 'retrying',
  removing: 'failed',
  anonymized: 'queued',
}

export const roleWords: Record<Role, string> = { USER: 'User', ADMIN: 'Admin' }

/** How an account stands, in a word. */
export function StateWord({ state }: { state: UserState }) {
  return (
    <span className={ui.dot} data-status={looks[state]}>
      {stateWords[state]}
    </span>
  )
}
