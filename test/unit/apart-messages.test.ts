import { describe, expect, it } from 'vitest'
import { JobError, permanentError } from '@/lib/jobs/job-error'
import { revive, telling } from '@/workers/runtime/apart-messages'

const carried = (error: unknown) => {
  const message = structuredClone(telling({ kind: 'failed', error }))
  const execution = revive(message)
  return execution.kind === 'failed' ? execution.error : undefined
}

describe('an execution that passes from process to process', () => {
  it.each([
    new JobError('flaky', 'Again, later.', { retryAfterMs: 5_000 }),
    permanentError('broken', 'It is broken.'),
  ])('keeps what %s says about further attempts [R4]', (error) => {
    const arrived = carried(error)
    expect(arrived).toBeInstanceOf(JobError)
    const { code, message, stack, options } = error
    const { retryable = true, retryAfterMs } = options
    expect(arrived).toMatchObject({ code, message, stack, options: { retryable } })
    expect(arrived).toHaveProperty(
      'options',
      retryAfterMs === undefined ? { retryable } : { retryable, retryAfterMs },
    )
  })

  it('keeps name, code and stack of any error [R4]', () => {
    const error = Object.assign(new RangeError('Too far'), { code: 'EFAR' })
    const { name, message, stack, code } = error
    expect(carried(error)).toMatchObject({ name, message, stack, code })
  })

  it.each([undefined, null, 'text', Object.create(null), Symbol('odd')])(
    'carries %o, though it is no error [R4]',
    (thrown) => {
      expect(carried(thrown)).toBeInstanceOf(Error)
    },
  )

  it('leaves results and aborts as they are [R4]', () => {
    const done = { kind: 'completed', result: { at: new Date(0), big: 1n } } as const
    expect(revive(structuredClone(telling(done)))).toEqual(done)
    expect(revive(telling({ kind: 'aborted', cause: 'canceled' }))).toEqual({
      kind: 'aborted',
      cause: 'canceled',
    })
  })
})
