import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { authenticate } from '@/app/_server/http/authenticate'
import { createApiKey, listApiKeys, MAX_KEYS, revokeApiKey } from '@/lib/auth/api-keys'
import { disableUser } from '@/lib/auth/manage-users'
import { verifyApiKey } from '@/lib/auth/verify-api-key'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

function request(authorization: string, method = 'POST') {
  return new Request('http://localhost/api/v1/jobs', { method, headers: { authorization } })
}

describe('an API key', () => {
  it('is shown once, and kept as a hash beside its first characters', async () => {
    const viewer = await createViewer()
    const { key, record } = await createApiKey(viewer, { name: 'ci' })
    expect(key).toMatch(/^mr_[\w-]{43}$/)
    expect(key.startsWith(record.prefix)).toBe(true)
    const row = await prisma().apiKey.findUniqueOrThrow({ where: { id: record.id } })
    expect(JSON.stringify(row)).not.toContain(key)
    expect(JSON.stringify(await listApiKeys(viewer))).not.toContain(row.hash)
  })

  it('may do what its scopes say', async () => {
    const viewer = await createViewer()
    const { key, record } = await createApiKey(viewer, { name: 'reader', scopes: ['jobs:read'] })
    const asked = request(`Bearer ${key}`)
    const caller = { ...viewer, via: 'key', credentialId: record.id }
    expect(await authenticate(asked, 'jobs:read')).toEqual(caller)
    await expect(authenticate(asked, 'jobs:write')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('acts as an admin only with that scope, which only admins give', async () => {
    const user = await createViewer()
    await expect(createApiKey(user, { name: 'x', scopes: ['admin'] })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect((await createApiKey(user, { name: 'x' })).record.scopes).not.toContain('admin')

    const admin = await createViewer('ADMIN')
    const narrow = await createApiKey(admin, { name: 'narrow', scopes: ['jobs:read'] })
    expect((await verifyApiKey(narrow.key))?.viewer.role).toBe('USER')
    const wide = await createApiKey(admin, { name: 'wide' })
    expect((await verifyApiKey(wide.key))?.viewer.role).toBe('ADMIN')
    await prisma().user.update({ where: { id: admin.userId }, data: { role: 'USER' } })
    expect((await verifyApiKey(wide.key))?.viewer.role).toBe('USER')
    await expect(authenticate(request(`Bearer ${wide.key}`), 'admin')).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('ends when it is revoked, expires, or its owner is disabled', async () => {
    const [admin, viewer] = [await createViewer('ADMIN'), await createViewer()]
    const make = () => createApiKey(viewer, { name: 'x' })
    const [revoked, expired, orphaned] = [await make(), await make(), await make()]
    await revokeApiKey(viewer, revoked.record.id)
    const id = expired.record.id
    await prisma().apiKey.update({ where: { id }, data: { expiresAt: new Date(0) } })
    expect(await verifyApiKey(orphaned.key)).not.toBeNull()
    await disableUser(admin, viewer.userId)
    for (const { key } of [revoked, expired, orphaned]) {
      await expect(authenticate(request(`Bearer ${key}`), 'jobs:read')).rejects.toMatchObject({
        code: 'unauthenticated',
      })
    }
  })

  it.each([
    'Bearer',
    'Bearer mr_nope',
    'Basic bXI6bXI=',
    'mr_nope',
    `Bearer mr_${'x'.repeat(5000)}`,
  ])('is not %s', async (authorization) => {
    await expect(authenticate(request(authorization), 'jobs:read')).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  it('can be revoked by its owner only', async () => {
    const { record } = await createApiKey(await createViewer(), { name: 'x' })
    await expect(revokeApiKey(await createViewer(), record.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is one of a hundred at most, all of which are listed [C5.12]', async () => {
    const viewer = await createViewer()
    const keys = Array.from({ length: MAX_KEYS - 1 }, (_, index) => {
      const own = { name: `${index}`, prefix: 'mr_', scopes: [], userId: viewer.userId }
      return { id: uuidv7(), hash: uuidv7(), ...own }
    })
    await prisma().apiKey.createMany({ data: keys })
    const create = () => createApiKey(viewer, { name: 'one more' })
    const both = await Promise.allSettled([create(), create()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(create()).rejects.toMatchObject({ code: 'conflict' })
    const listed = await listApiKeys(viewer)
    expect(listed).toHaveLength(MAX_KEYS)
    await revokeApiKey(viewer, `${listed[0]?.id}`)
    await create()
  })

  it('remembers its last use, to the minute', async () => {
    const { key, record } = await createApiKey(await createViewer(), { name: 'x' })
    const lastUse = async () =>
      (await prisma().apiKey.findUniqueOrThrow({ where: { id: record.id } })).lastUsedAt
    await verifyApiKey(key)
    await expect.poll(lastUse).not.toBeNull()
    const first = await lastUse()
    await verifyApiKey(key)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await lastUse()).toEqual(first)
    const longAgo = new Date(Date.now() - 61_000)
    await prisma().apiKey.update({ where: { id: record.id }, data: { lastUsedAt: longAgo } })
    await verifyApiKey(key)
    await expect.poll(lastUse).not.toEqual(longAgo)
  })
})
