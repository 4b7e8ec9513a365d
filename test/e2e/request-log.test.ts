import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pool } from '@/lib/db/pool'
import { keyOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { reaches } from '@/test/support/engine'

const app = apiApp({ queues: ['email', 'webhooks'], env: { LOG_LEVEL: 'debug' } })

let user: ApiUser
beforeAll(async () => {
  user = await createApiUser()
})

const lineSchema = z.looseObject({ msg: z.string(), level: z.number() })

/** The lines logged so far that have this value in this field. */
function linesWith(field: string, value: unknown) {
  const lines = app.said().split('\n').filter(Boolean)
  return lines
    .map((line) => lineSchema.parse(JSON.parse(line)))
    .filter((line) => line[field] === value)
}

const INFO = 30

describe('a request', () => {
  test('keeps the id its proxy gave it, and names it and who asked in its log', async () => {
    const headers = { ...keyOf(user), 'x-request-id': 'proxy-1:42' }
    const response = await app.call('GET', '/api/v1/jobs?token=hidden', headers)
    expect(response.headers.get('x-request-id')).toBe('proxy-1:42')
    await expect
      .poll(() => linesWith('requestId', 'proxy-1:42'))
      .toMatchObject([
        { level: 20, userId: user.userId, method: 'GET', path: '/api/v1/jobs', status: 200 },
      ])
  })

  test.each(['x'.repeat(129), 'a b', '{"level":60}'])(
    'gets a new id instead of %s',
    async (sent) => {
      const response = await app.call('GET', '/api/health/live', { 'x-request-id': sent })
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  test('has an id for a page too', async () => {
    const response = await app.call('GET', '/sign-in', {})
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('that fails shows its id, under which the log has the error', async () => {
    await pool().query('ALTER TABLE "Job" RENAME TO "Job_away"')
    const response = await app.call('GET', '/api/v1/jobs', keyOf(user))
    await pool().query('ALTER TABLE "Job_away" RENAME TO "Job"')
    expect(response.status).toBe(500)
    const { requestId } = await response.json()
    expect(response.headers.get('x-request-id')).toBe(requestId)
    await expect
      .poll(() => linesWith('requestId', requestId))
      .toMatchObject([
        { level: 50, userId: user.userId, err: { message: expect.stringContaining('Job') } },
        { level: INFO, status: 500 },
      ])
  })
})

describe('a job', () => {
  test('is named by the lines of its attempts', async () => {
    const input = { url: 'https://nowhere.invalid/', event: 'x', payload: {} }
    const body = { type: 'webhook', input }
    const { job } = await (await app.call('POST', '/api/v1/jobs', keyOf(user), body)).json()
    await reaches(`${job.id}`, 'RETRYING')
    const [worker] = (await pool().query<{ id: string }>('SELECT id FROM "Worker"')).rows
    const attempt = {
      ...{ attempt: 1, queue: 'webhooks', type: 'webhook' },
      ...{ userId: user.userId, workerId: worker?.id },
    }
    await expect
      .poll(() => linesWith('jobId', job.id))
      .toMatchObject([
        { ...attempt, level: INFO, err: { message: expect.stringContaining('nowhere.invalid') } },
        { ...attempt, msg: 'An attempt ended' },
      ])
  })
})
