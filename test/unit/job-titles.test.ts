import { describe, expect, test } from 'vitest'
import { mailTitle } from '@/lib/mail/subject'
import { eventObject } from '@/lib/webhooks/event-object'

describe('the title of a mail', () => {
  const title = (parts: { subject?: string; variables?: Record<string, string> }) =>
    mailTitle({ template: 'notice', variables: {}, ...parts }, 'ann@example.com')

  test('is its subject and its recipient', () => {
    expect(title({ subject: ' Black Friday\u2028starts ' })).toBe(
      'Black Friday starts → ann@example.com',
    )
    expect(title({ variables: { title: 'Closed on Sunday' } })).toBe(
      'Closed on Sunday → ann@example.com',
    )
    expect(title({ subject: 'x'.repeat(150) })).toBe(`${'x'.repeat(100)}… → ann@example.com`)
  })

  test('or what it is, where the subject is its template’s own', () => {
    expect(title({})).toBe('Notice mail to ann@example.com')
  })
})

test.each([
  ['order.paid', { orderId: 48213 }, '#48213'],
  ['order.paid', { order_id: 'A-17' }, '#A-17'],
  ['order.paid', { order: 42 }, '#42'],
  ['order.paid', { order: { number: 'B7', id: 3 }, id: 'evt_1' }, '#B7'],
  ['invoice.paid', { id: 'evt_1', data: { object: { id: 'in_9' } } }, '#in_9'],
  ['user:created', { name: 'Ann' }, '“Ann”'],
  ['job.failed', { jobId: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c04', title: 'Weekly' }, '“Weekly”'],
  ['job.failed', { id: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c04' }, '#…6a2c04'],
  ['user.created', { name: 'x'.repeat(60) }, `“${'x'.repeat(32)}…”`],
  ['order.paid', { orderId: '', order: [], id: 'two\nlines' }, undefined],
  ['order.paid', ['text'], undefined],
  ['order.paid', null, undefined],
  ['.', { id: { deep: 1 } }, undefined],
])('%s of %o is about %s', (event, payload, expected) => {
  expect(eventObject(event, payload)).toBe(expected)
})
