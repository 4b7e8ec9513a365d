import { describe, expect, it } from 'vitest'
import { JobError } from '@/lib/jobs/job-error'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { nested, oddValues } from '@/test/support/odd-values'
import { outcomeOf, unrecordable } from '@/workers/runtime/outcome'

const DAY_MS = 24 * 3600_000

const claimed: ClaimedAttempt = {
  jobId: 'j',
  token: 't',
  type: 'odd',
  queue: 'odd',
  priority: 10,
  turn: 1,
  ownerId: null,
  input: {},
  attempt: 1,
  maxAttempts: 2,
  backoff: { type: 'fixed', delayMs: 1_000 },
  timeoutMs: 1_000,
  traceparent: null,
  waitedMs: null,
  apart: false,
}
const returned = (result: unknown) => outcomeOf(claimed, { kind: 'completed', result })
const thrown = (error: unknown) => outcomeOf(claimed, { kind: 'failed', error })

describe('a result', () => {
  it('is kept as JSON, and none is kept as none [R2]', () => {
    expect(returned({ a: [1, null, Number.NaN], b: undefined })).toEqual({
      outcome: 'COMPLETED',
      status: 'COMPLETED',
      result: '{"a":[1,null,null]}',
    })
    expect(returned(undefined)).toEqual({ outcome: 'COMPLETED', status: 'COMPLETED' })
  })

  it.each([
    ['a BigInt', 10n],
    ['a function', () => 1],
    ['a symbol', Symbol('odd')],
    ['a circle', oddValues['a circle']?.()],
    ['a toJSON that throws', oddValues['a toJSON that throws']?.()],
    ['a revoked proxy', oddValues['a revoked proxy']?.()],
  ])('that is no JSON (%s) fails the job, and says why [R2]', (_what, value) => {
    expect(returned(value)).toMatchObject({
      status: 'FAILED',
      error: {
        code: 'invalid_output',
        message: expect.stringContaining('The result cannot be written as JSON: '),
      },
    })
  })

  it.each([
    ['101 levels', nested(101), 'nested more than 100 levels deep'],
    ['100,000 levels', nested(100_000), 'nested more than 100 levels deep'],
    ['a text', 'x'.repeat(1024 * 1024), 'larger than 1024 KB'],
    ['a key', { ['x'.repeat(1024 * 1024)]: 1 }, 'larger than 1024 KB'],
    ['many parts', oddValues['a million parts']?.(), 'larger than 1024 KB'],
  ])('that is too large (%s) fails the job at once [R2]', (_what, value, message) => {
    expect(returned(value)).toMatchObject({
      status: 'FAILED',
      error: { code: 'result_too_large', message: expect.stringContaining(message) },
    })
  })

  it('may be as large as it is said to be [R2]', () => {
    const lists = Array.from({ length: 200_000 }, (_, index) => index % 10)
    for (const value of [nested(100), 'x'.repeat(1024 * 1024 - 2), lists]) {
      expect(returned(value)).toMatchObject({ status: 'COMPLETED' })
    }
  })
})

describe('what is thrown', () => {
  it.each(Object.entries(oddValues))('is put in bounded words: %s [R2]', (_what, make) => {
    const { outcome, status, error } = thrown(make())
    expect([outcome, status]).toEqual(['FAILED', 'RETRYING'])
    expect(error).toEqual({
      name: expect.stringMatching(/./),
      message: expect.stringMatching(/./s),
      ...(error?.stack === undefined ? {} : { stack: expect.any(String) }),
    })
    expect(JSON.stringify(error).length).toBeLessThan(12_000)
  })

  it.each([
    ['fails the job for good when it says so', { retryable: false }, 'FAILED', undefined],
    ['may ask for a longer wait', { retryAfterMs: 60_000 }, 'RETRYING', 60_000],
    ['may ask for a day at most', { retryAfterMs: 365 * DAY_MS }, 'RETRYING', DAY_MS],
    ['cannot ask for eternity', { retryAfterMs: Number.POSITIVE_INFINITY }, 'RETRYING', DAY_MS],
  ])('%s [R2]', (_what, options, status, retryInMs) => {
    const judged = thrown(new JobError('odd', 'It is odd.', options))
    expect(judged).toMatchObject({ status, error: { code: 'odd', message: 'It is odd.' } })
    expect(judged.retryInMs).toBe(retryInMs)
  })

  it.each([Number.NaN, -5, Number.NEGATIVE_INFINITY, 0])(
    'takes the back-off where it asks for a wait of %s [R2]',
    (retryAfterMs) => {
      const { retryInMs } = thrown(new JobError('odd', 'It is odd.', { retryAfterMs }))
      expect(retryInMs).toBeGreaterThanOrEqual(1_000)
      expect(retryInMs).toBeLessThanOrEqual(1_100)
    },
  )
})

describe('an ending that PostgreSQL refuses', () => {
  it('is a failure for good that says why [C5.2]', () => {
    expect(unrecordable(claimed, 'no such value')).toMatchObject({
      status: 'FAILED',
      error: { code: 'invalid_output', message: expect.stringContaining('no such value') },
    })
  })
})

describe('a connection to our own database that broke', () => {
  const broke = Object.assign(new Error('terminating connection'), { code: '57P01' })

  it('counts against no job', () => {
    const last = { ...claimed, attempt: 2 }
    expect(outcomeOf(last, { kind: 'failed', error: broke })).toMatchObject({
      outcome: 'FAILED',
      status: 'RETRYING',
      retryInMs: expect.any(Number),
      uncounted: true,
    })
  })

  it('counts from the eleventh attempt on, and where the handler wants no other', () => {
    const eleventh = { ...claimed, attempt: 11, maxAttempts: 11 }
    expect(outcomeOf(eleventh, { kind: 'failed', error: broke })).toMatchObject({
      status: 'FAILED',
    })
    const final = new JobError('no', 'No', { retryable: false, cause: broke })
    expect(thrown(final)).toMatchObject({ status: 'FAILED' })
  })
})
