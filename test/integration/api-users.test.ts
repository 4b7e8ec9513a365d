import { expect, test } from 'vitest'
import { publicUserSchema } from '@/lib/auth/users'
import { prisma } from '@/lib/db/prisma'
import { callApi } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import { rowCounts } from '@/test/support/row-counts'

ownDatabase()

const ann = { email: 'Ann@Example.com', password: 'a mill on a quiet river', name: 'Ann' }

async function signUp(body: unknown) {
  const response = await callApi('POST /api/users', undefined, { body })
  return { status: response.status, body: await response.json() }
}

test('signs a person up, with their welcome mail queued', async () => {
  const { status, body } = await signUp(ann)
  expect(status).toBe(201)
  const user = publicUserSchema.strict().parse(body.user)
  expect(user).toMatchObject({ email: 'ann@example.com', name: 'Ann', role: 'USER' })
  const jobs = await prisma().job.findMany({ where: { ownerId: user.id } })
  expect(jobs).toMatchObject([{ type: 'email', input: { template: 'welcome' } }])
})

test('refuses a known address with 409, and makes nothing', async () => {
  const before = await rowCounts()
  expect(await signUp(ann)).toMatchObject({ status: 409, body: { errors: [{ path: 'email' }] } })
  expect(await rowCounts()).toEqual(before)
})

test('tells few known addresses to one client, who then cannot try unknown ones either [S20]', async () => {
  const from = { 'x-forwarded-for': '192.0.2.20' }
  const answer = async (email: string, headers: Record<string, string> = from) => {
    const body = { ...ann, email }
    return (await callApi('POST /api/users', undefined, { body, headers })).status
  }
  await Promise.all(Array.from({ length: 5 }, (_, number) => answer(`new${number}@example.com`)))
  const tries = Array.from({ length: 20 }, () => () => answer(ann.email))
  for (const known of tries) expect(await known()).toBe(409)
  expect([await answer(ann.email), await answer('unknown@example.com')]).toEqual([429, 429])
  expect(await answer('unknown@example.com', { 'x-forwarded-for': '192.0.2.21' })).toBe(201)
})

test('names every field it refuses', async () => {
  const { status, body } = await signUp({ email: 'x', password: 'short', name: '', role: 'ADMIN' })
  expect(status).toBe(422)
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'email',
    'name',
    'password',
    'role',
  ])
})
