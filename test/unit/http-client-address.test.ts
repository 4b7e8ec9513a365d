import { describe, expect, it } from 'vitest'
import { believeForwarded } from '@/bin/web/forwarded'
import { clientAddress, networkOf } from '@/lib/access/client-address'
import { parseConfig } from '@/lib/config/parse'

type Sent = Record<string, string>

/** What the rest of the program sees of a request that a socket brought. */
function seen(trust: string, peer: string | undefined, sent: Sent) {
  const headers = { ...sent }
  believeForwarded(headers, peer, parseConfig({ TRUST_PROXY: trust }).trustProxy)
  return headers
}

describe('the address a request came from', () => {
  it.each([
    ['', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
    ['', '::ffff:198.51.100.7', '203.0.113.9', '198.51.100.7'],
    ['', '2001:db8::1', '203.0.113.9', '2001:db8::1'],
    ['', '198.51.100.7', '"><script>alert(1)</script>', '198.51.100.7'],
    ['1', '10.0.0.2', '203.0.113.9', '203.0.113.9'],
    ['1', '10.0.0.2', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
    ['2', '10.0.0.2', '1.2.3.4, 203.0.113.9, 10.0.0.3', '203.0.113.9'],
    ['2', '10.0.0.2', '203.0.113.9', '203.0.113.9'],
    ['1', '10.0.0.2', 'unknown', '10.0.0.2'],
    ['1', '10.0.0.2', '<b>', '10.0.0.2'],
    ['1', '10.0.0.2', '', '10.0.0.2'],
    ['10.0.0.0/8', '10.0.0.2', '1.2.3.4, 203.0.113.9, 10.0.0.3', '203.0.113.9'],
    ['10.0.0.0/8', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
    ['10.0.0.2, fd00::/8', 'fd00::1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.0/8', '10.0.0.2', '10.0.0.9, 10.0.0.3', '10.0.0.9'],
  ])('with TRUST_PROXY=%s, from %s saying %s, is %s [S10]', (trust, peer, forwarded, address) => {
    const headers = seen(trust, peer, { 'x-forwarded-for': forwarded })
    expect(headers['x-forwarded-for']).toBe(address)
    expect(clientAddress(new Headers(headers))).toBe(address)
  })

  it.each(['"><script>', '1.2.3', 'localhost', '1.2.3.4, 5.6.7.8', ''])(
    'is never taken for %j, which is no address [S10]',
    (header) => {
      expect(clientAddress(new Headers({ 'x-forwarded-for': header }))).toBe('unknown')
    },
  )

  it('counts as one network for limits: all of an IPv6 network, and an IPv4 address [S11]', () => {
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
    expect(networkOf('203.0.113.9')).toBe('203.0.113.9')
    expect(networkOf('unknown')).toBe('unknown')
  })
})

describe('the host and protocol a proxy names', () => {
  const sent = {
    'x-forwarded-host': 'evil.test, jobs.example.com',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    forwarded: 'host=evil.test',
  }

  it('are not believed without TRUST_PROXY, nor from somebody else [S10, C5.11]', () => {
    for (const trust of ['', '10.0.0.0/8']) {
      expect(Object.keys(seen(trust, '198.51.100.7', sent))).toEqual(['x-forwarded-for'])
    }
  })

  it.each(['1', '10.0.0.0/8'])('are the nearest one’s with TRUST_PROXY=%s [S10]', (trust) => {
    expect(seen(trust, '10.0.0.2', sent)).toEqual({
      'x-forwarded-for': '10.0.0.2',
      'x-forwarded-host': 'jobs.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    })
  })
})

describe('TRUST_PROXY', () => {
  it.each(['0', '11', '-1', 'yes', '10.0.0.0/33', '10.0.0.0/8,x', '10.0.0.0/8,'])(
    'stops the start when it is %s, and says what is expected [S10]',
    (value) => {
      expect(() => parseConfig({ TRUST_PROXY: value })).toThrow(/TRUST_PROXY: expected how many/)
    },
  )
})
