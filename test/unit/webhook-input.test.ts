import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sealSecrets } from '@/lib/jobs/input-secrets'
import { webhook } from '@/lib/jobs/types/webhook'
import { MASK } from '@/lib/secrets/mask'
import { seal as sealText } from '@/lib/secrets/secret-box'
import { maskHeaders, openHeaders } from '@/lib/webhooks/header-secrets'
import { waitOf } from '@/workers/handlers/webhook/answer'

const url = 'https://example.com/hooks'
const endpointId = '019a0000-0000-7000-8000-000000000000'
const bare = { url, event: 'order.created', payload: { id: 1 } }

function paths(input: unknown): string[] {
  const { error } = webhook.input.safeParse(input)
  return error?.issues.map(({ path }) => path.join('.')) ?? []
}

describe('the input of a webhook', () => {
  test.each([
    bare,
    { endpointId, event: 'order.created', payload: null },
    { ...bare, payload: 'text' },
    { ...bare, payload: [1, 'a', null] },
    { ...bare, payload: 'x'.repeat(256 * 1024 - 2) },
    { ...bare, event: 'user_created' },
    { ...bare, headers: { Authorization: 'Bearer x', 'X-Team': 'blue' } },
  ])('may be %j', (input) => {
    expect(paths(input)).toEqual([])
  })

  test.each([
    [{ event: 'a', payload: 1 }, 'endpointId'],
    [{ ...bare, endpointId }, 'endpointId'],
    [{ ...bare, endpointId: 'x', url: undefined }, 'endpointId'],
    [{ ...bare, event: '' }, 'event'],
    [{ ...bare, event: 'a b' }, 'event'],
    [{ ...bare, event: 'a\r\nb' }, 'event'],
    [{ ...bare, event: 'a'.repeat(65) }, 'event'],
    [{ url, event: 'a' }, 'payload'],
    [{ ...bare, payload: undefined }, 'payload'],
    [{ ...bare, payload: () => 1 }, 'payload'],
    [{ ...bare, payload: 'x'.repeat(256 * 1024 - 1) }, 'payload'],
    [{ ...bare, payload: 'ü'.repeat(128 * 1024) }, 'payload'],
    [{ ...bare, extra: 1 }, ''],
    [
      { endpointId, event: 'a', payload: 1, headers: { authorization: 'x' } },
      'headers.Authorization',
    ],
  ])('may not be %j', (input, path) => {
    expect(paths(input)).toEqual([path])
  })

  test.each([
    'Host',
    'host',
    'Content-Length',
    'Content-Type',
    'Transfer-Encoding',
    'Connection',
    'Upgrade',
    'TE',
    'Trailer',
    'Keep-Alive',
    'Proxy-Authorization',
    'Proxy-Connection',
    'Webhook-Id',
    'webhook-signature',
    'Cookie',
    'User-Agent',
    'X-Forwarded-For',
    'Expect',
    'Millrace-Event',
    'X A',
    'X:A',
    'X\r\nY',
    '',
    'Ü',
  ])('may not set the header %j', (name) => {
    expect(paths({ ...bare, headers: { [name]: 'x' } })).toHaveLength(1)
  })

  test.each(['a\r\nHost: b', 'a\nb', 'a\0b', 'ü', 'x'.repeat(1_025), 7])(
    'may not set a header to %j',
    (value) => {
      expect(paths({ ...bare, headers: { 'X-A': value } })).toEqual(['headers.X-A'])
    },
  )

  test('may not be a number that JSON does not know', () => {
    expect(paths({ ...bare, payload: 1n })).toEqual(['payload'])
  })

  test('has each header once, and not too many', () => {
    expect(paths({ ...bare, headers: { 'X-A': '1', 'x-a': '2' } })).toEqual(['headers'])
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`X-${index}`, 'x']))
    expect(paths({ ...bare, headers: many })).toEqual(['headers'])
  })

  describe('with secret headers', () => {
    const headers = { Authorization: 'Bearer hunter2', 'X-Api-Key': 'hunter2', 'X-Team': 'blue' }
    const [ann, bob] = ['ann', 'bob']
    const seal = (given: object, ownerId = ann, kept?: unknown) =>
      sealSecrets(webhook, { ...bare, ...given }, { ownerId, kept })
    const own = () => webhook.input.parse(seal({ headers }).input)

    test('is kept with them sealed for its owner, the same way each time, and shown without [S7]', () => {
      const input = own()
      expect(JSON.stringify(input)).not.toContain('hunter2')
      expect(seal({ headers }).input).toEqual(input)
      expect(openHeaders(input.headers ?? {}, ann)).toEqual(headers)
      expect(() => openHeaders(input.headers ?? {}, bob)).toThrow('sealed for something else')
      const masked = { Authorization: MASK, 'X-Api-Key': MASK, 'X-Team': 'blue' }
      expect(maskHeaders(input.headers ?? {})).toEqual(masked)
      expect(maskHeaders(headers)).toEqual(masked)
    })

    test('goes on with sealed and masked ones of an original, and takes no others [S7]', () => {
      const input = own()
      const shown = { headers: maskHeaders(input.headers ?? {}) }
      for (const given of [input, shown]) {
        expect(seal(given, ann, input)).toEqual({ input, issues: [] })
        expect(seal(given, bob).issues.map(({ path }) => path)).toEqual([
          'headers.Authorization',
          'headers.X-Api-Key',
        ])
        expect(seal({ ...given, url: 'https://other.example/' }, ann, input).issues).toHaveLength(2)
      }
      const moved = { headers: { 'X-Leak': input.headers?.Authorization } }
      expect(seal(moved, ann, input).issues).toMatchObject([{ path: 'headers.X-Leak' }])
    })

    test('seals anew what a record kept in the open, or sealed for anybody [S7]', () => {
      const former = sealText('Bearer hunter2', 'header').replace('sealed:2:', 'sealed:')
      const kept = { ...bare, headers: { ...headers, Authorization: former } }
      expect(openHeaders(kept.headers, ann)).toEqual(headers)
      expect(seal(kept, ann, kept)).toEqual({ input: own(), issues: [] })
    })
  })

  test('has a JSON Schema', () => {
    expect(z.toJSONSchema(webhook.input)).toMatchObject({ type: 'object' })
    expect(z.toJSONSchema(webhook.input, { io: 'input' })).toMatchObject({ type: 'object' })
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-01-31T12:00:00Z')
  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['86401', 86_400_000],
    ['99999999999999999999', 86_400_000],
    ['Sat, 31 Jan 2026 12:00:30 GMT', 30_000],
    ['Sat, 31 Jan 2026 11:00:00 GMT', 0],
    ['Sun, 31 Jan 2027 12:00:00 GMT', 86_400_000],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    ['', undefined],
  ])('%j means %s ms', (value, wait) => {
    expect(waitOf(value, now)).toBe(wait)
  })
})
