import { describe, expect, test } from 'vitest'
import { mayReach } from '@/lib/webhooks/address'
import { targetProblem } from '@/lib/webhooks/target'

const refused = {
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'link-local': ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  metadata: ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'unique local': ['fc00::1', 'fd12:3456::1'],
  'site-local': ['fec0::1', 'feff::1'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  broadcast: ['255.255.255.255'],
  reserved: [
    '240.0.0.1',
    '192.0.0.1',
    '192.0.0.170',
    '192.88.99.1',
    '4000::1',
    '8000::1',
    'e000::1',
  ],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '0:0:0:0:0:ffff:7f00:1'],
  'IPv4-compatible': ['::127.0.0.1', '::10.0.0.1', '::8.8.8.8', '::a00:1'],
  'IPv4-translated': ['::ffff:0:10.0.0.1'],
  NAT64: ['64:ff9b::10.0.0.1', '64:ff9b::808:808', '64:ff9b:1::a00:1', '64:ff9b:1:ffff::1'],
  '6to4': ['2002:7f00:1::', '2002:a00:1::1'],
  Teredo: ['2001::1', '2001:0:4136:e378::'],
  ORCHID: ['2001:10::1', '2001:20::1'],
  discard: ['100::1'],
  'segment routing': ['5f00::1'],
  'not an address': ['', 'localhost', '127.1', '0x7f.0.0.1', '1.2.3.4.5', '[::1]', '10.0.0.1/8'],
}

const allowed = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.255.255',
  '192.167.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
]

describe('addresses that webhooks may not reach', () => {
  test.each(Object.entries(refused))('%s', (_kind, addresses) => {
    expect(addresses.filter((address) => mayReach(address, []))).toEqual([])
  })

  test('public ones they may', () => {
    expect(allowed.filter((address) => !mayReach(address, []))).toEqual([])
  })

  test('the operator opens ranges, each for its own kind of address only', () => {
    const open = ['10.0.0.0/8', 'fd00::/8', '127.0.0.2/32']
    expect(mayReach('10.20.30.40', open)).toBe(true)
    expect(mayReach('fd00::1', open)).toBe(true)
    expect(mayReach('127.0.0.2', open)).toBe(true)
    expect(mayReach('127.0.0.1', open)).toBe(false)
    expect(mayReach('11.0.0.1', [])).toBe(true)
    expect(mayReach('192.168.0.1', open)).toBe(false)
    expect(mayReach('::ffff:10.20.30.40', open)).toBe(false)
    expect(mayReach('fc00::1', open)).toBe(false)
    expect(mayReach('fd00::1%eth0', open)).toBe(false)
  })
})

describe('the URL of a receiver', () => {
  test.each([
    'https://example.com/hooks',
    'http://example.com',
    'https://example.com:8443/a?b=c#d',
    'http://8.8.8.8:3000/',
    'https://[2606:4700::1111]/',
    'https://bücher.example/',
  ])('may be %s', (url) => {
    expect(targetProblem(url, [])).toBeUndefined()
  })

  test.each([
    'http://127.0.0.1/',
    'http://127.0.0.1./',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0X7F.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://0/',
    'http://00/',
    'http://127.0.0.1%2e/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://10.0.0.1:8080/',
    'http://0xa9fea9fe/latest/meta-data/',
    'http://2852039166/',
    'http://169.254.169.254/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:a00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
  ])('may not be %s', (url) => {
    expect(targetProblem(url, [])).toBe('Webhooks are not sent to private or reserved addresses')
  })

  test.each([
    ['example.com', /like https/],
    ['//example.com', /like https/],
    ['', /like https/],
    ['http://', /like https/],
    ['http://[fe80::1%25eth0]/', /like https/],
    ['http://256.1.1.1/', /like https/],
    ['ftp://example.com/', /starts with/],
    ['file:///etc/passwd', /starts with/],
    ['gopher://example.com/', /starts with/],
    ['javascript:alert(1)', /starts with/],
    ['https://user@example.com/', /without a user name/],
    ['https://user:pass@example.com/', /without a user name/],
    ['https://:pass@example.com/', /without a user name/],
    [`https://example.com/${'a'.repeat(2_100)}`, /at most 2048/],
    ['http://example.com:22/', /port 22/],
    ['http://example.com:25/', /port 25/],
    ['http://example.com:6379/', /port 6379/],
    ['http://example.com:5432/', /port 5432/],
    ['http://example.com:0/', /port 0/],
    ['https://example.com:81/', /port 81/],
  ])('may not be %s', (url, message) => {
    expect(targetProblem(url, [])).toMatch(message)
  })

  test('may be private where the operator allows it', () => {
    expect(targetProblem('http://10.1.2.3:8080/', ['10.0.0.0/8'])).toBeUndefined()
    expect(targetProblem('http://0xa010203/', ['10.0.0.0/8'])).toBeUndefined()
    expect(targetProblem('http://10.1.2.3:6379/', ['10.0.0.0/8'])).toMatch(/port/)
  })
})
