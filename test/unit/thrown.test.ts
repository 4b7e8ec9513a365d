import { describe, expect, it } from 'vitest'
import { describeThrown, textOf } from '@/lib/errors/thrown'
import { redactExcerpt } from '@/lib/text/redact'
import { oddValues } from '@/test/support/odd-values'

describe('what was thrown', () => {
  it.each([
    ['out of paper', 'out of paper'],
    [undefined, 'undefined'],
    [{ status: 500 }, '{ status: 500 }'],
    [{ message: 'from a library', stack: 1 }, 'from a library'],
    [new TypeError(''), 'TypeError'],
    [Object.assign(new Error('x'), { message: 5 }), '5'],
  ])('is told: %s [R2]', (thrown, message) => {
    expect(describeThrown(thrown)).toMatchObject({ message })
  })

  it('keeps what it is called, its code and where it came from', () => {
    const error = Object.assign(new RangeError('too far'), { code: 'E_FAR' })
    expect(describeThrown(error)).toEqual({
      name: 'RangeError',
      message: 'too far',
      code: 'E_FAR',
      stack: expect.stringContaining('thrown.test.ts'),
    })
  })
})

describe('any value', () => {
  it.each(Object.entries(oddValues))('has a text: %s [R12]', (_what, make) => {
    expect(textOf(make())).toEqual(expect.any(String))
  })

  it('that is an error is told by its message, without its stack [R12]', () => {
    expect(textOf(new Error('out of paper'))).toBe('out of paper')
  })
})

describe('a text that records show', () => {
  it('is cut before anything looks at all of it [R12]', () => {
    const huge = 'Bearer abcdef '.repeat(500_000)
    const started = performance.now()
    expect(redactExcerpt(huge, 2_000)).toMatch(/^(Bearer \[redacted\] )+Bearer/)
    expect(performance.now() - started).toBeLessThan(100)
    expect(redactExcerpt('failed '.repeat(1_000_000), 14)).toBe('failed failed ')
  })

  it('shows no beginning of a secret that the cut goes through [R12]', () => {
    const keys = `key mr_${'x'.repeat(200)} `.repeat(100)
    for (let shift = 0; shift < 210; shift++) {
      expect(redactExcerpt(keys.slice(shift), 2_000)).not.toMatch(/mr_[^[]|mr_$/)
    }
  })

  it('holds nothing that PostgreSQL cannot keep, also where it was cut', () => {
    expect(redactExcerpt('a\0b\ud800c', 10)).toBe('ab\ufffdc')
    expect(redactExcerpt('😀'.repeat(10), 3).isWellFormed()).toBe(true)
  })
})
