import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readJson } from '@/app/_server/http/read-json'
import { route } from '@/app/_server/http/route'
import { isDatabaseAway, isDatabaseLost } from '@/lib/db/away'
import { AppError, invalidInput, notFound } from '@/lib/errors/app-error'
import { oddValues } from '@/test/support/odd-values'

const nothing = { params: Promise.resolve({}) }

async function answerTo(error: unknown) {
  const handler = route(async () => {
    throw error
  })
  const response = await handler(new Request('http://localhost/api/v1/jobs'), nothing)
  return { response, body: await response.json() }
}

describe('route', () => {
  it.each([
    [new AppError('unauthenticated', 'Sign in'), 401],
    [new AppError('forbidden', 'No'), 403],
    [notFound('The job'), 404],
    [new AppError('conflict', 'Again'), 409],
    [new AppError('too_large', 'Big'), 413],
    [invalidInput([{ path: 'a.0', message: 'Bad' }]), 422],
    [new AppError('rate_limited', 'Slow down', { retryAfterSeconds: 7 }), 429],
    [new AppError('unavailable', 'Away'), 503],
  ])('answers %s with %i', async (error, status) => {
    const { response, body } = await answerTo(error)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(body).toMatchObject({ status, detail: error.message, title: expect.any(String) })
    expect(body.errors).toEqual(error.details.issues)
  })

  it('says when to come back', async () => {
    const limited = await answerTo(new AppError('rate_limited', 'Slow', { retryAfterSeconds: 7 }))
    expect(limited.response.headers.get('retry-after')).toBe('7')
    const away = await answerTo(new AppError('unavailable', 'Away'))
    expect(away.response.headers.get('retry-after')).toBe('5')
  })

  it('shows nothing of a fault but the id it is logged under', async () => {
    const { response, body } = await answerTo(new Error('password is hunter2'))
    expect(response.status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('hunter2')
    expect(body.detail).toContain(body.requestId)
  })

  it('takes a schema’s own error for a fault, not for input', async () => {
    const { response, body } = await answerTo(z.string().safeParse(1).error)
    expect(response.status).toBe(500)
    expect(body.errors).toBeUndefined()
  })

  it('takes a caller that went away for no fault of ours, nor of the database', async () => {
    const gone = AbortSignal.abort()
    const handler = route(async () => {
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    })
    const request = new Request('http://localhost/api/v1/files', { signal: gone })
    expect((await handler(request, nothing)).status).toBe(499)
  })

  it('says 503 when the database is away', async () => {
    const { response } = await answerTo(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
  })
})

describe('isDatabaseAway', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: '57P01' },
    { code: '57014' },
    { code: '55P03' },
    { code: '40P01' },
    { code: '57P03' },
    { code: '08006' },
    { code: 'P2024' },
    new Error('timeout exceeded when trying to connect'),
    new Error('Connection terminated unexpectedly'),
    new Error('outer', { cause: { originalCode: '57P02' } }),
    { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } },
    new Error('ConnectionClosed', { cause: { kind: 'ConnectionClosed' } }),
    { code: 'P2010', meta: { driverAdapterError: { cause: { kind: 'ConnectionClosed' } } } },
    new AggregateError([{ code: 'ECONNREFUSED' }]),
  ])('recognises %o [R10]', (error) => {
    expect(isDatabaseAway(error)).toBe(true)
  })

  it.each([new Error('x'), { code: '23505' }, { code: 'P2002' }, null, 'ECONNREFUSED'])(
    'leaves %o alone',
    (error) => {
      expect(isDatabaseAway(error)).toBe(false)
    },
  )
})

describe('isDatabaseLost', () => {
  it.each([
    { code: '57P01' },
    { code: '08006' },
    new Error('Connection terminated unexpectedly'),
    { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } },
  ])('recognises %o', (error) => {
    expect(isDatabaseLost(error)).toBe(true)
  })

  it.each([
    { code: 'ECONNREFUSED' },
    { code: '57014' },
    { code: 'P2028' },
    new Error('Query read timeout'),
  ])('leaves %o alone', (error) => {
    expect(isDatabaseLost(error)).toBe(false)
  })

  it('is asked of any value', () => {
    for (const make of Object.values(oddValues)) expect(isDatabaseLost(make())).toBe(false)
  })
})

describe('readJson', () => {
  const schema = z.strictObject({
    steps: z.array(z.strictObject({ width: z.number() })).optional(),
    note: z.string().optional(),
  })

  function read(body: BodyInit, options?: { maxBytes?: number }) {
    const request = new Request('http://localhost', { method: 'POST', body })
    return readJson(request, schema, options)
  }

  it('returns the parsed value', async () => {
    await expect(read('{"note":"a [ in \\" quotes"}')).resolves.toEqual({ note: 'a [ in " quotes' })
  })

  it('names each field by its dotted path', async () => {
    await expect(read('{"steps":[{"width":1},{"width":"2","extra":1}]}')).rejects.toMatchObject({
      code: 'invalid_input',
      details: {
        issues: [{ path: 'steps.1.width' }, { path: 'steps.1.extra', message: 'Unknown field' }],
      },
    })
  })

  it.each(['', '{', 'null,', '\u0000'])('refuses %j, which is not JSON', async (body) => {
    await expect(read(body)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('refuses what is not UTF-8', async () => {
    await expect(read(new Uint8Array([0x22, 0xff, 0x22]))).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  it('stops reading at the limit, whatever the declared length', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1_000).fill(0x20))
      },
    })
    const request = new Request('http://localhost', { method: 'POST', body, ...{ duplex: 'half' } })
    await expect(readJson(request, schema, { maxBytes: 10_000 })).rejects.toMatchObject({
      code: 'too_large',
    })
    expect(pulled).toBeLessThan(20)
  })

  it('refuses what is nested too deep', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    await expect(read(deep)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
