import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listUsers, parseUserQuery } from '@/app/_server/users/list'
import type { Viewer } from '@/lib/access/viewer'
import { createApiKey, revokeApiKey } from '@/lib/auth/api-keys'
import { findInvitation } from '@/lib/auth/invitation-links'
import { createInvitation, listInvitations, revokeInvitation } from '@/lib/auth/invitations'
import { addUser, changeRole, disableUser, enableUser, signOutUser } from '@/lib/auth/manage-users'
import { sendPasswordReset } from '@/lib/auth/password-reset'
import { newSessionToken, viewerOfSession } from '@/lib/auth/session-token'
import { verifyApiKey } from '@/lib/auth/verify-api-key'
import { prisma } from '@/lib/db/prisma'
import { requestRemoval } from '@/lib/users/removal'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

let admin: Viewer
let person: Viewer

beforeAll(async () => {
  admin = { ...(await createViewer('ADMIN')), from: { ip: '192.0.2.7', userAgent: 'Browser/1' } }
})

beforeEach(async () => {
  person = await createViewer()
})

const sessionOf = ({ userId }: Viewer) => newSessionToken({ id: userId, sessionVersion: 1 })

async function entriesOf(targetId: string) {
  return prisma().auditEntry.findMany({ where: { targetId }, orderBy: { id: 'asc' } })
}

describe('each action has an entry with who, from where, before and after', () => {
  test('a role', async () => {
    await changeRole(admin, person.userId, 'ADMIN')
    expect(await entriesOf(person.userId)).toMatchObject([
      {
        actorId: admin.userId,
        action: 'user.role',
        targetType: 'user',
        details: { before: { role: 'user' }, after: { role: 'admin' } },
        ip: '192.0.2.7',
        userAgent: 'Browser/1',
      },
    ])
    await changeRole(admin, person.userId, 'USER')
  })

  test('disabling and enabling', async () => {
    await disableUser(admin, person.userId)
    await enableUser(admin, person.userId)
    const changes = (await entriesOf(person.userId)).map(({ action, details }) => [action, details])
    expect(changes).toEqual([
      ['user.disable', { before: { disabled: false }, after: { disabled: true } }],
      ['user.enable', { before: { disabled: true }, after: { disabled: false } }],
    ])
  })

  test('signing somebody out everywhere', async () => {
    const session = await sessionOf(person)
    await signOutUser(admin, person.userId)
    expect(await viewerOfSession(session)).toBeNull()
    expect(await entriesOf(person.userId)).toMatchObject([{ action: 'user.sign-out' }])
  })

  test('a password reset, which goes to the person and not to whom has no use of it', async () => {
    await sendPasswordReset(admin, person.userId)
    const job = await prisma().job.findFirstOrThrow({ where: { ownerId: person.userId } })
    expect(job.input).toMatchObject({
      to: `${person.userId}@example.com`,
      template: 'password-reset',
    })
    expect(await entriesOf(person.userId)).toMatchObject([{ action: 'user.password-reset' }])
    await disableUser(admin, person.userId)
    await expect(sendPasswordReset(admin, person.userId)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('an API key that an admin revokes; a person’s own is their business', async () => {
    const first = await createApiKey(person, { name: 'one' })
    const second = await createApiKey(person, { name: 'two' })
    await revokeApiKey(admin, first.record.id)
    expect(await verifyApiKey(first.key)).toBeNull()
    expect(await verifyApiKey(second.key)).not.toBeNull()
    await revokeApiKey(person, second.record.id)
    expect(await entriesOf(first.record.id)).toMatchObject([
      { action: 'api-key.revoke', details: { user: person.userId } },
    ])
    expect(await entriesOf(second.record.id)).toEqual([])
    await expect(
      revokeApiKey(await createViewer(), (await createApiKey(person, { name: 'x' })).record.id),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('an invitation and its end', async () => {
    const guest = { email: 'new@example.com', role: 'USER' } as const
    const { id, url, mailed } = await createInvitation(admin, guest)
    // No SMTP server is configured here.
    expect(mailed).toBe(false)
    expect(await prisma().job.count({ where: { title: { contains: guest.email } } })).toBe(0)
    const token = new URL(url).searchParams.get('token') ?? ''
    expect(await listInvitations(admin)).toMatchObject([{ id, email: 'new@example.com' }])
    await revokeInvitation(admin, id)
    expect(await findInvitation(token)).toBeNull()
    expect(await listInvitations(admin)).toEqual([])
    expect((await entriesOf(id)).map(({ action }) => action)).toEqual([
      'user.invite',
      'invitation.revoke',
    ])
  })

  test('the command line, which is nobody and nowhere', async () => {
    const input = { email: 'cli@example.com', password: 'tall purple wheel', name: 'Cli' }
    const { id } = await addUser(null, input, 'USER')
    expect(await entriesOf(id)).toMatchObject([
      { action: 'user.create', actorId: null, ip: null, userAgent: null },
    ])
  })
})

describe('nobody is shut out by accident', () => {
  test('an admin does not disable themselves', async () => {
    await expect(disableUser(admin, admin.userId)).rejects.toMatchObject({
      code: 'conflict',
      message: 'You cannot disable your own account. Ask another admin to do it.',
    })
  })

  test('the last admin is not demoted', async () => {
    const refusal = { code: 'conflict', message: expect.stringContaining('the last admin') }
    await expect(changeRole(admin, admin.userId, 'USER')).rejects.toMatchObject(refusal)
    expect((await prisma().user.findUnique({ where: { id: admin.userId } }))?.role).toBe('ADMIN')
  })

  test('of two admins who demote, disable or remove each other at once, one stays', async () => {
    const acts = {
      demote: (by: Viewer, of: Viewer) => changeRole(by, of.userId, 'USER'),
      disable: (by: Viewer, of: Viewer) => disableUser(by, of.userId),
      delete: (by: Viewer, of: Viewer) =>
        requestRemoval(by, of.userId, { way: 'delete', email: `${of.userId}@example.com` }),
    }
    for (const one of Object.values(acts)) {
      for (const other of Object.values(acts)) {
        await prisma().user.updateMany({ data: { role: 'USER' } })
        const [ann, bob] = [await createViewer('ADMIN'), await createViewer('ADMIN')]
        const outcomes = await Promise.allSettled([one(ann, bob), other(bob, ann)])
        const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? each.reason : []))
        expect(refused).toMatchObject([
          { code: 'conflict', message: expect.stringContaining('the last admin') },
        ])
        const left = { role: 'ADMIN', disabledAt: null } as const
        expect(await prisma().user.count({ where: left })).toBe(1)
      }
    }
    await prisma().user.update({ where: { id: admin.userId }, data: { role: 'ADMIN' } })
  }, 60_000)

  test('whoever was demoted meanwhile can no longer act', async () => {
    const demoted = await createViewer('ADMIN')
    await changeRole(admin, demoted.userId, 'USER')
    await expect(changeRole(demoted, demoted.userId, 'ADMIN')).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(disableUser(demoted, person.userId)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await entriesOf(person.userId)).toEqual([])
  })
})

describe('the list of users', () => {
  const find = async (query: Record<string, string>, limit = 10) =>
    (await listUsers(admin, parseUserQuery(query), limit)).data.map(({ id }) => id)

  test('finds by parts of name and address, and takes wildcards for themselves', async () => {
    await prisma().user.update({
      where: { id: person.userId },
      data: { name: 'Zoë 50%_x', email: 'zoe.q@shop.example' },
    })
    expect(await find({ q: 'zoë' })).toEqual([person.userId])
    expect(await find({ q: 'Q@SHOP' })).toEqual([person.userId])
    expect(await find({ q: '50%_' })).toEqual([person.userId])
    expect(await find({ q: '5_%' })).toEqual([])
  })

  test('narrows by role and state, and goes on page by page', async () => {
    await disableUser(admin, person.userId)
    expect(await find({ state: 'disabled' })).toContain(person.userId)
    expect(await find({ state: 'active' })).not.toContain(person.userId)
    expect(await find({ role: 'admin' })).toContain(admin.userId)
    expect(await find({ role: 'user' })).not.toContain(admin.userId)
    const first = await listUsers(admin, parseUserQuery({}), 1)
    expect(first.data.map(({ id }) => id)).toEqual([person.userId])
    const second = await listUsers(admin, { cursor: first.nextCursor ?? undefined }, 1)
    expect(second.data[0]?.id).not.toBe(person.userId)
  })

  test('is for admins', async () => {
    await expect(listUsers(person, {}, 1)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listInvitations(person)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
