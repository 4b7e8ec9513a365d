import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { config } from '@/lib/config/config'
import type { Database } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { shownAs } from '@/lib/format/shown'
import { emailField, nameField } from '@/lib/mail/person-fields'
import { sendEmail } from '@/lib/services/jobs'
import { firstRun } from './first-run'
import { hashPassword, newPassword } from './passwords'

export const signUpInput = z.strictObject({
  email: emailField,
  password: newPassword,
  name: nameField,
})

export type SignUpInput = z.input<typeof signUpInput>

/** A user as the API shows one; never a hash. */
export const publicUserSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(['USER', 'ADMIN']),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' })
export type PublicUserView = z.output<typeof publicUserSchema>

export function publicUserView(user: PublicUser): PublicUserView {
  return shownAs(publicUserSchema, user)
}

/** A user without what concerns only the sign-in. */
type PublicUser = Omit<PublicUserView, 'createdAt'> & { createdAt: Date }

/** What a session needs to know of a new user besides. */
export type NewUser = PublicUser & { sessionVersion: number }

const shown = {
  id: true,
  email: true,
  name: true,
  role: true,
  createdAt: true,
  sessionVersion: true,
} as const

/** Serialises what depends on which admins there are, over all processes. */
const ADMINS_LOCK = 6_477_201

/**
 * Signs a person up where `SIGN_UP` is open; the welcome mail is queued in the same transaction.
 * @throws {AppError} `forbidden` when it is not open, `conflict` for a known address
 */
export async function signUp(input: SignUpInput): Promise<NewUser> {
  if (config().signUp !== 'open') {
    throw new AppError('forbidden', signUpRefusal())
  }
  return createUser(input, 'USER')
}

/** Why nobody can just sign up, for people. */
export function signUpRefusal(): string {
  return config().signUp === 'invite'
    ? 'Signing up takes an invitation. Ask an admin for one.'
    : 'Signing up is closed. Ask an admin for an account.'
}

/**
 * Creates the owner, an admin, while there is no admin; of two at once, one succeeds.
 * @throws {AppError} `not_found` afterwards: the set-up is then gone
 */
export async function createOwner(input: SignUpInput): Promise<NewUser> {
  const data = await prepareUser(input, 'ADMIN')
  return transaction(async (tx) => {
    await lockAdmins(tx)
    if ((await firstRun(tx)) === 'done') throw new AppError('not_found', 'Set-up is done.')
    return insertUser(tx, { ...data, emailVerifiedAt: new Date() })
  })
}

/** Creates a user whatever `SIGN_UP` says. */
export async function createUser(input: SignUpInput, role: Viewer['role']): Promise<NewUser> {
  const data = await prepareUser(input, role)
  return transaction((tx) => insertUser(tx, data))
}

/** A checked user with the hash of the password, which takes time that no transaction has to wait. */
export async function prepareUser(input: SignUpInput, role: Viewer['role']): Promise<UserData> {
  const { password, ...fields } = parseInput(signUpInput, input)
  return { ...fields, passwordHash: await hashPassword(password), role }
}

type UserData = {
  email: string
  name: string
  passwordHash: string | null
  role: Viewer['role']
  /** Left out where nobody but the person themselves says that the address is theirs. */
  emailVerifiedAt?: Date
}

/** Behind what people ask for, whose mails a hundred new accounts would otherwise hold up. */
const WELCOME_PRIORITY = 20

/**
 * Inserts a user and queues the welcome mail, in the caller's transaction.
 * @throws {AppError} `conflict` for a known address
 */
export async function insertUser(tx: Database, data: UserData): Promise<NewUser> {
  const [user] = await tx.user.createManyAndReturn({
    data: [{ id: uuidv7(), ...data }],
    select: shown,
    skipDuplicates: true,
  })
  if (!user) {
    throw new AppError('conflict', 'There is an account with this email address already.', {
      issues: [{ path: 'email', message: 'There is an account with this address already' }],
    })
  }
  await sendEmail(
    tx,
    { to: user.email, template: 'welcome', variables: { name: user.name } },
    { ownerId: user.id, priority: WELCOME_PRIORITY },
  )
  return user
}

/** Held until `tx` ends. */
export async function lockAdmins(tx: Database): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADMINS_LOCK})`
}
