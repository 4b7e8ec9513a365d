import { afterEach, describe, expect, test, vi } from 'vitest'
import { hub } from '@/app/_server/live/hub-state'
import { revokeApiKey } from '@/lib/auth/api-keys'
import { changeRole, disableUser, signOutUser } from '@/lib/auth/manage-users'
import { sessionIdOf } from '@/lib/auth/session-token'
import { closeSession } from '@/lib/auth/sessions'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { type Proof, sessionOf } from '@/test/support/actors'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { readEvents } from '@/test/support/event-reader'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()
afterEach(() => vi.restoreAllMocks())

/** Access that ends must be gone from streams within this time, in milliseconds. */
const BOUND_MS = 5_000

type Opened = { user: ApiUser; proof: Proof; events: ReturnType<typeof readEvents> }

async function openLive(user: ApiUser, proof: Proof, query = ''): Promise<Opened> {
  const response = await callApi(`GET /api/v1/live${query}`, undefined, { headers: proof })
  expect(response.status).toBe(200)
  return { user, proof, events: readEvents(response) }
}

const byKey = ({ key }: ApiUser): Proof => ({ authorization: `Bearer ${key}` })

async function closedWithin(events: Opened['events'], limit = BOUND_MS): Promise<number> {
  const started = Date.now()
  await vi.waitFor(() => expect(events.events.map(({ event }) => event)).toContain('access'), limit)
  await events.closed
  return Date.now() - started
}

/** What ends access, each by a stranger to the stream. */
const endings: Record<string, (opened: Opened) => Promise<unknown>> = {
  'its session is signed out': async ({ proof }) =>
    closeSession(`${await sessionIdOf(proof.cookie?.split('=')[1])}`),
  'its owner is signed out everywhere': async ({ user }) =>
    signOutUser(await createViewer('ADMIN'), user.userId),
  'its owner is disabled': async ({ user }) =>
    disableUser(await createViewer('ADMIN'), user.userId),
}

describe('a live stream', () => {
  test.each(Object.entries(endings))('ends when %s [S8]', async (_, end) => {
    const user = await createApiUser()
    const opened = await openLive(user, await sessionOf(user))
    const other = await createApiUser()
    const neighbour = await openLive(other, await sessionOf(other))
    await end(opened)
    await closedWithin(opened.events)
    expect(neighbour.events.events.map(({ event }) => event)).not.toContain('access')
    await neighbour.events.close()
  })

  test('ends when its key is revoked, and one of another key goes on [S8]', async () => {
    const user = await createApiUser()
    const [stream, other] = [
      await openLive(user, byKey(user)),
      await openLive(user, await sessionOf(user)),
    ]
    const { id } = await prisma().apiKey.findFirstOrThrow({ where: { userId: user.userId } })
    await revokeApiKey({ userId: user.userId, role: 'USER' }, id)
    await closedWithin(stream.events)
    expect(other.events.events.map(({ event }) => event)).not.toContain('access')
    await other.events.close()
  })

  test('ends when its key may no longer read jobs [S8]', async () => {
    const user = await createApiUser()
    const { events } = await openLive(user, byKey(user))
    await prisma().apiKey.updateMany({
      where: { userId: user.userId },
      data: { scopes: ['files:read'] },
    })
    await closedWithin(events)
  })

  test.each(['session', 'key'])(
    'of everybody’s jobs ends for a demoted admin with a %s [S8]',
    async (via) => {
      const admin = await createApiUser('ADMIN')
      const proof = via === 'key' ? byKey(admin) : await sessionOf(admin)
      const { events } = await openLive(admin, proof, '?scope=all')
      await changeRole(await createViewer('ADMIN'), admin.userId, 'USER')
      await closedWithin(events)
      const again = await callApi('GET /api/v1/live?scope=all', undefined, { headers: proof })
      expect(again.status).toBe(403)
    },
  )

  test('of one job ends like any other [S8, C5.4]', async () => {
    const admin = await createApiUser('ADMIN')
    const owner = await createViewer()
    const id = await createJobRecord(owner.userId, 'email', {}, 'ACTIVE')
    const events = readEvents(await callApi(`GET /api/v1/jobs/${id}/events`, admin))
    await changeRole(await createViewer('ADMIN'), admin.userId, 'USER')
    await closedWithin(events)
  })

  test('ends in time also when nobody says that its access has ended [S8]', async () => {
    const user = await createApiUser()
    const { events } = await openLive(user, byKey(user))
    const past = new Date(Date.now() - 1_000)
    await withoutTriggers(() =>
      prisma().apiKey.updateMany({ where: { userId: user.userId }, data: { expiresAt: past } }),
    )
    await closedWithin(events, BOUND_MS + 1_000)
  })

  test('costs one query with all others when they are checked [S8]', async () => {
    const users = await Promise.all(Array.from({ length: 5 }, () => createApiUser()))
    const open = await Promise.all(users.map((user) => openLive(user, byKey(user))))
    await vi.waitFor(() => expect(hub().recent.since).toBeDefined(), 10_000)
    const queries = vi.spyOn(pool(), 'query')
    const checks = () => queries.mock.calls.filter(([text]) => `${text}`.includes('UNION ALL'))
    await vi.waitFor(() => expect(checks().length).toBeGreaterThan(0), BOUND_MS)
    expect(checks()).toHaveLength(1)
    expect(checks()[0]?.[1]).toEqual([expect.arrayContaining([expect.any(String)])])
    await Promise.all(open.map(({ events }) => events.close()))
  })
})

/** As when the notification is lost. */
async function withoutTriggers<T>(change: () => Promise<T>): Promise<void> {
  await pool().query('ALTER TABLE "ApiKey" DISABLE TRIGGER USER')
  await change()
  await pool().query('ALTER TABLE "ApiKey" ENABLE TRIGGER USER')
}
