import { describe, expect, test } from 'vitest'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { apiRequest, callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'

const PER_KEY = 20
const PER_ADDRESS = 5
ownDatabase({ RATE_LIMIT_PER_KEY: `${PER_KEY}`, RATE_LIMIT_PER_ADDRESS: `${PER_ADDRESS}` })

const call = (key: string, address: string) => {
  const headers = { 'x-forwarded-for': address }
  return callApi('GET /api/v1/job-types', { userId: '', key }, { headers })
}

async function statuses(times: number, key: string, address: string): Promise<number[]> {
  const answers: number[] = []
  for (let time = 0; time < times; time++) answers.push((await call(key, address)).status)
  return answers
}

test('a key may ask so often, then gets 429 and is told when to go on', async () => {
  const { key } = await createApiUser()
  expect(await statuses(PER_KEY, key, '203.0.113.1')).toEqual(Array(PER_KEY).fill(200))
  const refused = await call(key, '203.0.113.2')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  const another = await createApiUser()
  expect((await call(another.key, '203.0.113.1')).status).toBe(200)
})

test('an address that guesses is turned away; known keys behind it are not', async () => {
  const { key } = await createApiUser()
  const address = '203.0.113.7'
  expect((await call(key, address)).status).toBe(200)
  expect(await statuses(PER_ADDRESS, 'mr_guess', address)).toEqual(Array(PER_ADDRESS).fill(401))
  expect(await statuses(2, 'mr_another', address)).toEqual([429, 429])
  expect((await call(key, address)).status).toBe(200)
  expect((await call('mr_guess', '203.0.113.8')).status).toBe(401)
})

describe('signing in through a provider', () => {
  const address = '203.0.113.30'
  const start = (callbackUrl: string) => {
    const query = new URLSearchParams({ callbackUrl })
    const headers = { 'x-forwarded-for': address }
    const request = apiRequest(`GET /api/auth/signin?${query}`, undefined, { headers })
    return auth(request, { params: Promise.resolve({ nextauth: ['signin'] }) })
  }

  test('is refused where it is to lead to no page, and so often only; the API goes on [S1] [S17]', async () => {
    const { key } = await createApiUser()
    const nowhere = [
      'aa://:::',
      'http://localhost:3000.evil.test/',
      'x'.repeat(3_000),
      'javascript:0',
    ]
    const asked = [...nowhere, `/${'x'.repeat(3_000)}`]
    for (const callbackUrl of asked) expect((await start(callbackUrl)).status).toBe(422)
    expect((await start('/')).status).toBe(429)
    expect((await call(key, address)).status).toBe(200)
    expect((await call('mr_guess', address)).status).toBe(401)
  })
})
