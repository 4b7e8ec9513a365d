import { signUpRefusal } from '@/lib/auth/users'

/** What other pages ask the sign-in page to say. */
export const notices = new Map([
  [
    'password-changed',
    'Your password is changed. Sign in with the new one, and make new API keys if you need them.',
  ],
  ['signed-out', 'You are signed out everywhere.'],
])

const errors = new Map([
  ['CredentialsSignin', 'Email or password is wrong.'],
  ['unverified', 'The provider did not confirm your email address. Confirm it there first.'],
  ['disabled', 'This account is disabled. Ask an admin.'],
])

/** The sentence for an `error` that next-auth, or a refused identity, put into the address. */
export function errorMessage(code: unknown): string | undefined {
  if (typeof code !== 'string' || code === 'SessionRequired') return undefined
  if (code === 'invite' || code === 'closed') return signUpRefusal()
  return errors.get(code) ?? 'Signing in did not work. Try again.'
}
