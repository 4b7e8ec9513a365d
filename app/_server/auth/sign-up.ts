import { countTry, forgiveTry } from '@/lib/auth/throttle'
import { type NewUser, type SignUpInput, signUp } from '@/lib/auth/users'
import { AppError } from '@/lib/errors/app-error'

/**
 * Signs a person up who comes from an address. That an email address has an account shows here, as
 * it must where people choose theirs; so few are told of to one client, who then has to wait.
 * @throws {AppError} `rate_limited`, and what `signUp` throws
 */
export async function signUpFrom(clientAddress: string, input: SignUpInput): Promise<NewUser> {
  await countTry('signUpAddress', clientAddress)
  await countTry('signUpKnownAddress', clientAddress)
  let known = false
  try {
    return await signUp(input)
  } catch (error) {
    known = error instanceof AppError && error.code === 'conflict'
    throw error
  } finally {
    if (!known) await forgiveTry('signUpKnownAddress', clientAddress)
  }
}
