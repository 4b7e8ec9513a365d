import { beforeEach, describe, expect, it } from 'vitest'
import { type Identity, userOfIdentity } from '@/app/_server/auth/identity'
import { createSchedule, updateSchedule } from '@/app/_server/schedules/schedules'
import { scheduleView } from '@/app/_server/schedules/view'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import { createApiKey } from '@/lib/auth/api-keys'
import { addUser } from '@/lib/auth/manage-users'
import { requestPasswordReset, resetPassword } from '@/lib/auth/password-reset'
import { resetToken } from '@/lib/auth/reset-token'
import { newSessionToken, viewerOfSession } from '@/lib/auth/session-token'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { type NewUser, signUp } from '@/lib/auth/users'
import { verifyApiKey } from '@/lib/auth/verify-api-key'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

const password = 'tall purple wheel'
let count = 0
let email: string

beforeEach(() => {
  count += 1
  email = `victim${count}@example.com`
})

function identity(provider: string, verifiedEmail?: string): Identity {
  return { provider, providerAccountId: `${provider}-${count}`, verifiedEmail, name: 'Ann' }
}

const asViewer = ({ id, role }: NewUser): Viewer => ({ userId: id, role })

/** All that somebody can leave in an account to come back by, or to hear of what happens there. */
async function settleIn(user: NewUser) {
  const viewer = asViewer(user)
  const session = await newSessionToken(user)
  const { key } = await createApiKey(viewer, { name: 'mine' })
  const connected = identity('github', `own${count}@example.com`)
  await userOfIdentity(connected, viewer)
  await createEndpoint(viewer, { url: 'https://listener.example/' })
  const input = { to: 'x@example.com', template: 'notice' }
  const timing = { cron: '* * * * *', timezone: 'UTC' }
  await createSchedule(viewer, { name: 'x', type: 'email', input, ...timing })
  return { session, key, connected }
}

type Settled = Awaited<ReturnType<typeof settleIn>>

/** Which of them still work. */
async function waysIn(userId: string, { session, key, connected }: Settled) {
  const where = { ownerId: userId, enabled: true }
  const came = await userOfIdentity(connected, null)
  return {
    session: (await viewerOfSession(session)) !== null,
    key: (await verifyApiKey(key)) !== null,
    identity: typeof came !== 'string' && came.id === userId,
    password: (await signInWithPassword({ email, password }, `${count}`)) !== null,
    endpoints: await prisma().webhookEndpoint.count({ where }),
    schedules: await prisma().schedule.count({ where }),
  }
}

const none = { session: false, key: false, identity: false, password: false }

async function reset(newPassword: string): Promise<void> {
  await requestPasswordReset(email, `r${count}`)
  const { id } = await prisma().passwordReset.findFirstOrThrow({
    where: { user: { email } },
    orderBy: { id: 'desc' },
  })
  await resetPassword({ token: resetToken(id), password: newPassword })
}

describe('the owner of an address that somebody else signed up with', () => {
  it('gets the account through a provider with nothing of them left in it [S3]', async () => {
    const squatter = await signUp({ email, password, name: 'Mallory' })
    const settled = await settleIn(squatter)
    const owner = await userOfIdentity(identity('google', email), null)
    expect(owner).toMatchObject({ id: squatter.id })
    expect(await waysIn(squatter.id, settled)).toEqual({ ...none, endpoints: 0, schedules: 0 })
  })

  it('gets it through a mailed link in the same way [S3]', async () => {
    const squatter = await signUp({ email, password, name: 'Mallory' })
    const settled = await settleIn(squatter)
    await reset('wide green wheel')
    expect(await waysIn(squatter.id, settled)).toEqual({ ...none, endpoints: 0, schedules: 0 })
    expect(await signInWithPassword({ email, password: 'wide green wheel' }, 'own')).not.toBeNull()
  })

  it('reads why schedules and endpoints are off, until they are switched on [S3]', async () => {
    const squatter = await signUp({ email, password, name: 'Mallory' })
    await settleIn(squatter)
    await reset('wide green wheel')
    const where = { ownerId: squatter.id }
    const reason = { disabledReason: expect.stringContaining('before your email address') }
    expect(await prisma().webhookEndpoint.findFirst({ where })).toMatchObject(reason)
    const schedule = await prisma().schedule.findFirstOrThrow({ where })
    expect(await scheduleView(schedule)).toMatchObject({ ...reason, nextFireAt: null })
    const on = await updateSchedule(asViewer(squatter), schedule.id, { enabled: true })
    expect(on).toMatchObject({ enabled: true, disabledReason: null })
  })
})

describe('an account whose address is confirmed', () => {
  it.each([
    [
      'its invitation or an admin',
      async () => {
        const admin = await createViewer('ADMIN')
        return addUser(admin, { email, password, name: 'Ann' }, 'USER')
      },
    ],
    [
      'a mailed link',
      async () => {
        const user = await signUp({ email, password: 'wide green wheel', name: 'Ann' })
        await reset(password)
        return prisma().user.findUniqueOrThrow({ where: { id: user.id } })
      },
    ],
    [
      'the provider that was connected',
      async () => {
        const user = await signUp({ email, password, name: 'Ann' })
        await userOfIdentity({ ...identity('gitlab'), verifiedEmail: email }, asViewer(user))
        return user
      },
    ],
  ])('by %s loses nothing when its owner comes through a provider [S3]', async (_, create) => {
    const user = await create()
    const settled = await settleIn(user)
    expect(await userOfIdentity(identity('google', email), null)).toMatchObject({ id: user.id })
    expect(await waysIn(user.id, settled)).toEqual({
      session: true,
      key: true,
      identity: true,
      password: true,
      endpoints: 1,
      schedules: 1,
    })
  })

  it('loses sessions, keys and linked accounts by a reset, while its work goes on [S3]', async () => {
    const admin = await createViewer('ADMIN')
    const user = await addUser(admin, { email, password, name: 'Ann' }, 'USER')
    const settled = await settleIn(user)
    await reset('wide green wheel')
    expect(await waysIn(user.id, settled)).toEqual({ ...none, endpoints: 1, schedules: 1 })
  })
})
