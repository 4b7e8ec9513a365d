import { expect, it } from 'vitest'
import { clientAddress } from '@/lib/http/client-address'

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  // What the client claims comes first; what the proxy saw comes last.
  ['1.2.3.4, 203.0.113.9', '203.0.113.9'],
])('takes %s for %s', (header, address) => {
  expect(clientAddress(new Headers({ 'x-forwarded-for': header }))).toBe(address)
})

it('has a word for requests that say nothing', () => {
  expect(clientAddress(new Headers())).toBe('unknown')
})
