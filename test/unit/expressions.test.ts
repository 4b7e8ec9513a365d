import { describe, expect, it } from 'vitest'
import { complaints, expressionsIn } from '@/bin/check/expressions.mjs'

const check = (
  source: string,
  allowed: { file: string; expression: string; reason: string }[] = [],
) => complaints(expressionsIn('lib/x.ts', source), allowed)

describe('the checker of expressions', () => {
  it.each([
    ['of a literal', 'const x: RegExp = /a*b/'],
    [
      'of redaction as it was',
      String.raw`text.replace(/\b[a-z]{1,20}:\/\/[^\s@]*:[^\s@]+@/gi, '')`,
    ],
    ['of tokens as it was', String.raw`const x = /\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g`],
    ['of slashes at the end', String.raw`url.replace(/\/+$/, '')`],
    ['made by the constructor', `const x = new RegExp('(a+)+$', 'i')`],
    ['made without new', `const x = RegExp('(a+)+$')`],
    ['made of what is not known', 'const x = new RegExp(words.join())'],
    ['in a schema', String.raw`const x = z.string().regex(/^\s+|\s+$/)`],
  ])('finds an expression %s that is not linear [S1]', (_where, source) => {
    expect(check(`\n${source}`)).toEqual([expect.stringMatching(/^lib\/x\.ts:2 is not linear: /)])
  })

  it.each([
    ['anchored', String.raw`/^[a-z]+-\d{1,5}$/`],
    ['that ends wherever it may', String.raw`/\bmr_[\w-]{8,}/g`],
    ['made of a known text', `new RegExp('^a+$')`],
    ['with properties of characters', String.raw`/^[^\p{Cc}\p{Cs},]{1,50}$/u`],
  ])('leaves an expression %s alone [S1]', (_which, expression) => {
    expect(check(`const x = ${expression}`)).toEqual([])
  })

  it('leaves out what is allowed in that file, and says what is allowed in vain [S1]', () => {
    const allow = { file: 'lib/x.ts', expression: 'a*b', reason: 'short' }
    expect(check('const x = /a*b/', [allow])).toEqual([])
    expect(check('const x = /a*c/', [allow])).toEqual([
      'lib/x.ts:1 is not linear: a*c',
      'lib/x.ts has no a*b any more: allow it no longer',
    ])
    expect(check('const x = /a*b/', [{ ...allow, file: 'lib/y.ts' }])).toHaveLength(2)
  })
})
