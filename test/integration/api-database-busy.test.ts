import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { closePool, createPool, pool } from '@/lib/db/pool'
import { callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'

const input = { to: 'ann@example.com', template: 'notice' }
const job = { type: 'email', input }
const batch = { type: 'email', items: [{ input }] }

describe('while the jobs are locked', () => {
  ownDatabase()

  let user: Awaited<ReturnType<typeof createApiUser>>
  beforeAll(async () => {
    user = await createApiUser()
  })
  afterEach(async () => {
    await closePool()
    globalThis.millracePrisma = undefined
  })

  it.each([
    ['a statement takes too long', { statement_timeout: 300 }],
    ['a lock is waited for too long', { options: '-c lock_timeout=300' }],
    ['PostgreSQL does not answer in time', { query_timeout: 300 }],
    ['no connection comes free', { max: 1, connectionTimeoutMillis: 300 }],
  ])('answers 503 when %s [R10]', async (_, options) => {
    const locker = createPool({ max: 1 })
    const holder = await locker.connect()
    await holder.query('BEGIN; LOCK TABLE "Job"')
    await closePool()
    globalThis.millracePrisma = undefined
    globalThis.millracePool = createPool({ max: 10, ...options })
    const only = 'max' in options ? await pool().connect() : undefined
    try {
      const answers = await Promise.all([
        callApi('GET /api/v1/jobs', user),
        callApi('POST /api/v1/jobs', user, { body: job }),
        callApi('POST /api/v1/jobs/batch', user, { body: batch }),
      ])
      for (const answer of answers) {
        expect(await answer.json()).toMatchObject({ status: 503 })
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      }
    } finally {
      only?.release()
      await holder.query('ROLLBACK')
      holder.release()
      await locker.end()
    }
  })
})
