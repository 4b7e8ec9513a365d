import { expect, it } from 'vitest'
import { userOfIdentity } from '@/app/_server/auth/identity'
import { findInvitation } from '@/lib/auth/invitation-links'
import { acceptInvitation, createInvitation } from '@/lib/auth/invitations'
import { signUp } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { callApi } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase({ SIGN_UP: 'invite' })

const password = 'tall purple wheel'

function tokenOf(url: string): string {
  return new URL(url).searchParams.get('token') ?? ''
}

it('answers 403 to people without an invitation', async () => {
  const body = { email: 'ann@example.com', password, name: 'Ann' }
  expect((await callApi('POST /api/users', undefined, { body })).status).toBe(403)
  await expect(signUp(body)).rejects.toMatchObject({
    code: 'forbidden',
  })
})

it('lets the invited in, once, with the address and role of the invitation', async () => {
  const admin = await createViewer('ADMIN')
  const { url } = await createInvitation(admin, { email: 'Eve@example.com', role: 'ADMIN' })
  const token = tokenOf(url)
  expect(await findInvitation(token)).toEqual({ email: 'eve@example.com' })

  const both = await Promise.allSettled([
    acceptInvitation({ token, name: 'Eve', password }),
    acceptInvitation({ token, name: 'Mallory', password }),
  ])
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await prisma().user.findUnique({ where: { email: 'eve@example.com' } })).toMatchObject({
    role: 'ADMIN',
  })
  expect(await findInvitation(token)).toBeNull()
  expect(await prisma().auditEntry.count({ where: { action: 'user.invite' } })).toBe(1)
})

it('ends an invitation when it is replaced or expires', async () => {
  const first = await createInvitation(null, { email: 'fay@example.com', role: 'USER' })
  const second = await createInvitation(null, { email: 'fay@example.com', role: 'USER' })
  expect(await findInvitation(tokenOf(first.url))).toBeNull()
  expect(await findInvitation(tokenOf(second.url))).not.toBeNull()

  await prisma().invitation.update({ where: { id: second.id }, data: { expiresAt: new Date(0) } })
  await expect(
    acceptInvitation({ token: tokenOf(second.url), name: 'Fay', password }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

it('lets only admins invite', async () => {
  const user = await createViewer()
  await expect(
    createInvitation(user, { email: 'gil@example.com', role: 'ADMIN' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
})

it('asks an invitation of people who come through a provider, too', async () => {
  const identity = {
    provider: 'github',
    providerAccountId: '1',
    verifiedEmail: 'hal@example.com',
    name: 'Hal',
  }
  expect(await userOfIdentity(identity, null)).toBe('invite')
  await createInvitation(null, { email: 'hal@example.com', role: 'USER' })
  expect(await userOfIdentity(identity, null)).toMatchObject({ id: expect.any(String) })
})
