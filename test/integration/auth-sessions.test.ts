import { encode } from 'next-auth/jwt'
import { describe, expect, it, vi } from 'vitest'
import { changePassword } from '@/app/_server/auth/account'
import { endOwnSession, listSessions } from '@/app/_server/auth/own-sessions'
import { authenticate } from '@/app/_server/http/authenticate'
import { changeRole, disableUser, enableUser } from '@/lib/auth/manage-users'
import {
  newSessionToken,
  sessionCookie,
  sessionIdOf,
  viewerOfSession,
} from '@/lib/auth/session-token'
import { closeSession, endSessions, MAX_SESSIONS, openSession } from '@/lib/auth/sessions'
import { createUser } from '@/lib/auth/users'
import { authSecret } from '@/lib/config/config'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

const password = 'tall purple wheel'
let count = 0

async function signedIn() {
  count += 1
  const user = await createUser({ email: `s${count}@example.com`, password, name: 'Ann' }, 'USER')
  return { user, token: await newSessionToken(user) }
}

function request(token: string, method = 'GET', headers: Record<string, string> = {}) {
  return new Request('http://localhost:3000/api/v1/jobs', {
    method,
    headers: {
      host: 'localhost:3000',
      cookie: `a=b; ${sessionCookie().name}=${token}`,
      ...headers,
    },
  })
}

describe('a session', () => {
  it('belongs to its user', async () => {
    const { user, token } = await signedIn()
    expect(await viewerOfSession(token)).toEqual({
      userId: user.id,
      role: 'USER',
      name: 'Ann',
      email: user.email,
      sessionId: await sessionIdOf(token),
    })
  })

  it('cannot be forged or changed', async () => {
    const { token } = await signedIn()
    const claims = { sid: await sessionIdOf(token) }
    const forged = await encode({ token: claims, secret: 'x'.repeat(40) })
    for (const value of [forged, `${token}x`, token.slice(0, -4), 'nonsense', '']) {
      expect(await viewerOfSession(value)).toBeNull()
    }
  })

  it('expires, whether its token or its record says so first', async () => {
    const [first, second] = [await signedIn(), await signedIn()]
    const claims = { sid: await sessionIdOf(first.token) }
    const token = await encode({ token: claims, secret: authSecret(), maxAge: -60 })
    expect(await viewerOfSession(token)).toBeNull()
    const past = new Date(Date.now() - 1_000)
    await prisma().session.updateMany({
      where: { userId: second.user.id },
      data: { expiresAt: past },
    })
    expect(await viewerOfSession(second.token)).toBeNull()
  })

  it('ends at sign-out also for who holds a copy of its cookie, and no other with it [S9]', async () => {
    const { user, token } = await signedIn()
    const other = await newSessionToken(user)
    await closeSession(`${await sessionIdOf(token)}`)
    expect(await viewerOfSession(token)).toBeNull()
    expect(await viewerOfSession(other)).not.toBeNull()
  })

  it('is none when its token names no session, as those of former versions do not [S9]', async () => {
    const { user } = await signedIn()
    const token = { sub: user.id, sessionVersion: 1 }
    expect(await viewerOfSession(await encode({ token, secret: authSecret() }))).toBeNull()
  })

  it('remembers where it was last used, at most once a minute', async () => {
    const { user, token } = await signedIn()
    const where = { userId: user.id }
    const from = { ip: '192.0.2.7', userAgent: 'Firefox' }
    await viewerOfSession(token, from)
    await prisma().session.updateMany({
      where,
      data: { lastSeenAt: new Date(Date.now() - 61_000) },
    })
    await viewerOfSession(token, from)
    await vi.waitFor(async () => {
      const session = await prisma().session.findFirstOrThrow({ where })
      expect(session).toMatchObject(from)
      expect(session.lastSeenAt.getTime()).toBeGreaterThan(Date.now() - 30_000)
    })
  })

  it('is the oldest of too many that ends, and ended ones leave no trace', async () => {
    const { user, token } = await signedIn()
    const oldest = `${await sessionIdOf(token)}`
    for (let count = 1; count < MAX_SESSIONS; count++) await openSession(user, undefined)
    expect(await viewerOfSession(token)).not.toBeNull()
    await openSession(user, undefined)
    expect(await viewerOfSession(token)).toBeNull()
    expect(await prisma().session.count({ where: { userId: user.id } })).toBe(MAX_SESSIONS)
    await openSession(await endSessions(user.id), undefined)
    const left = await prisma().session.findMany({ where: { userId: user.id } })
    expect(left.map(({ id }) => id)).not.toContain(oldest)
    expect(left).toHaveLength(1)
  })

  it('ends with all others when its user signs out everywhere', async () => {
    const { user, token } = await signedIn()
    await endSessions(user.id)
    expect(await viewerOfSession(token)).toBeNull()
  })

  it('ends when the password changes, and the new one goes on', async () => {
    const { user, token } = await signedIn()
    const viewer = { userId: user.id, role: user.role }
    await expect(
      changePassword(viewer, { current: 'wrong', password: 'wide green wheel' }),
    ).rejects.toMatchObject({ details: { issues: [{ path: 'current' }] } })
    expect(await viewerOfSession(token)).not.toBeNull()
    const next = await changePassword(viewer, { current: password, password: 'wide green wheel' })
    expect(await viewerOfSession(token)).toBeNull()
    expect(await viewerOfSession(await newSessionToken(next))).not.toBeNull()
  })

  it('ends when its user is disabled, and stays ended when they are enabled again', async () => {
    const admin = await createViewer('ADMIN')
    const { user, token } = await signedIn()
    await disableUser(admin, user.id)
    expect(await viewerOfSession(token)).toBeNull()
    await enableUser(admin, user.id)
    expect(await viewerOfSession(token)).toBeNull()
    const entries = await prisma().auditEntry.findMany({ where: { targetId: user.id } })
    expect(entries.map(({ action, actorId }) => [action, actorId]).sort()).toEqual([
      ['user.disable', admin.userId],
      ['user.enable', admin.userId],
    ])
  })

  it('has the role of now, not of when it began', async () => {
    const admin = await createViewer('ADMIN')
    const { user, token } = await signedIn()
    await changeRole(admin, user.id, 'ADMIN')
    expect(await viewerOfSession(token)).toMatchObject({ role: 'ADMIN' })
  })
})

describe('the list of a person’s sessions', () => {
  it('shows those that go on, the latest seen first, and nobody else’s [S9]', async () => {
    const { user, token } = await signedIn()
    await signedIn()
    const from = { ip: '192.0.2.9', userAgent: 'Firefox' }
    const second = await openSession(user, from)
    const expired = await openSession(user, undefined)
    await prisma().session.update({ where: { id: expired }, data: { expiresAt: new Date(0) } })
    const listed = await listSessions({ userId: user.id, role: 'USER' })
    expect(listed.map(({ id }) => id)).toEqual([second, await sessionIdOf(token)])
    expect(listed[0]).toMatchObject({ ...from, lastSeenAt: expect.any(Date) })
    await endSessions(user.id)
    expect(await listSessions({ userId: user.id, role: 'USER' })).toEqual([])
  })

  it('ends one of them, for its owner alone [S9]', async () => {
    const [ann, bob] = [await signedIn(), await signedIn()]
    const other = await newSessionToken(ann.user)
    const id = `${await sessionIdOf(ann.token)}`
    const missing = { code: 'not_found' }
    const by = ({ user }: typeof ann, given = id) =>
      endOwnSession({ userId: user.id, role: 'ADMIN' }, given)
    await expect(by(bob)).rejects.toMatchObject(missing)
    await expect(by(ann, 'x')).rejects.toMatchObject(missing)
    expect(await viewerOfSession(ann.token)).not.toBeNull()
    await by(ann)
    expect(await viewerOfSession(ann.token)).toBeNull()
    expect(await viewerOfSession(other)).not.toBeNull()
    await expect(by(ann)).rejects.toMatchObject(missing)
  })
})

describe('authenticate, with a session', () => {
  it('reads without more, and writes only from this app’s pages', async () => {
    const { user, token } = await signedIn()
    const own = { origin: 'http://localhost:3000' }
    const credentialId = await sessionIdOf(token)
    const viewer = { userId: user.id, role: 'USER', via: 'session', credentialId }
    expect(await authenticate(request(token), 'jobs:read')).toEqual(viewer)
    expect(await authenticate(request(token, 'POST', own), 'jobs:write')).toEqual(viewer)
    const refused: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
    ]
    for (const headers of refused) {
      await expect(
        authenticate(request(token, 'POST', headers), 'jobs:write'),
      ).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('does not believe the header that once skipped middleware', async () => {
    const skip = { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }
    await expect(authenticate(request('', 'GET', skip), 'jobs:read')).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  it('keeps admin calls from others', async () => {
    const { token } = await signedIn()
    await expect(authenticate(request(token), 'admin')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('managing users', () => {
  it('is for admins only', async () => {
    const { user } = await signedIn()
    const viewer = await createViewer()
    await expect(disableUser(viewer, user.id)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('never removes the last admin, not even two at once', async () => {
    await prisma().user.updateMany({ data: { role: 'USER' } })
    const [ann, bob] = [await createViewer('ADMIN'), await createViewer('ADMIN')]
    const outcomes = await Promise.allSettled([
      changeRole(ann, bob.userId, 'USER'),
      disableUser(bob, ann.userId),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
