import { describe, expect, it } from 'vitest'
import { type Identity, userOfIdentity } from '@/app/_server/auth/identity'
import { createApiKey } from '@/lib/auth/api-keys'
import { newSessionToken, viewerOfSession } from '@/lib/auth/session-token'
import { signInWithPassword } from '@/lib/auth/sign-in'
import { createUser } from '@/lib/auth/users'
import { verifyApiKey } from '@/lib/auth/verify-api-key'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const password = 'tall purple wheel'
let count = 0

function identity(verifiedEmail?: string): Identity {
  count += 1
  return { provider: 'github', providerAccountId: `${count}`, verifiedEmail, name: 'Ann' }
}

function person(email: string) {
  return createUser({ email, password, name: 'Ann' }, 'USER')
}

describe('userOfIdentity', () => {
  it('makes an account for somebody new and knows it again', async () => {
    const ann = identity('ann@example.com')
    const first = await userOfIdentity(ann, null)
    expect(first).toMatchObject({ sessionVersion: 1 })
    const again = await userOfIdentity({ ...ann, verifiedEmail: undefined }, null)
    expect(first).toMatchObject(Object(again))
    expect(await prisma().job.count({ where: { type: 'email' } })).toBe(1)
  })

  it('never takes an address the provider did not verify', async () => {
    await person('bob@example.com')
    expect(await userOfIdentity(identity(undefined), null)).toBe('unverified')
    const bob = await prisma().user.findUniqueOrThrow({
      where: { email: 'bob@example.com' },
      select: { accounts: true },
    })
    expect(bob.accounts).toEqual([])
  })

  it('hands an account to the owner of its address, and to nobody else any more', async () => {
    const user = await person('cat@example.com')
    const session = await newSessionToken(user)
    const { key } = await createApiKey({ userId: user.id, role: 'USER' }, { name: 'squatter' })
    expect(await userOfIdentity(identity('cat@example.com'), null)).toMatchObject({ id: user.id })
    expect(await viewerOfSession(session)).toBeNull()
    expect(await verifyApiKey(key)).toBeNull()
    expect(await signInWithPassword({ email: 'cat@example.com', password }, 'x')).toBeNull()
  })

  it('connects to whoever is signed in, and changes nothing else', async () => {
    const user = await person('dan@example.com')
    const session = await newSessionToken(user)
    const viewer = { userId: user.id, role: user.role }
    const other = identity('dan@work.example')
    expect(await userOfIdentity(other, viewer)).toEqual({ id: user.id, sessionVersion: 1 })
    expect(await userOfIdentity(other, null)).toEqual({ id: user.id, sessionVersion: 1 })
    expect(await viewerOfSession(session)).not.toBeNull()
  })

  it('keeps disabled users out', async () => {
    const known = identity('eve@example.com')
    await userOfIdentity(known, null)
    const where = { email: 'eve@example.com' }
    await prisma().user.update({ where, data: { disabledAt: new Date() } })
    expect(await userOfIdentity(known, null)).toBe('disabled')
    expect(await userOfIdentity(identity('eve@example.com'), null)).toBe('disabled')
  })
})
