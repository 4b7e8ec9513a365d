import type { Prisma, User } from '@/lib/db/generated/client'

/** What can be said of an account, as the list's address writes it. */
export const userStates = ['active', 'disabled', 'removing', 'anonymized'] as const
export type UserState = (typeof userStates)[number]

/** How an account stands. */
export function stateOf(user: Pick<User, 'disabledAt' | 'removal' | 'anonymizedAt'>): UserState {
  if (user.anonymizedAt && user.removal !== 'DELETE') return 'anonymized'
  if (user.removal) return 'removing'
  return user.disabledAt ? 'disabled' : 'active'
}

/** Prisma filter on accounts in a state. All but active ones are in one small index. */
export function stateFilter(state: UserState): Prisma.UserWhereInput {
  switch (state) {
    case 'active':
      return { disabledAt: null }
    case 'disabled':
      return { disabledAt: { not: null }, removal: null }
    case 'removing':
      return {
        disabledAt: { not: null },
        OR: [{ removal: 'DELETE' }, { removal: 'ANONYMIZE', anonymizedAt: null }],
      }
    case 'anonymized':
      return { disabledAt: { not: null }, removal: 'ANONYMIZE', anonymizedAt: { not: null } }
  }
}
