import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Viewer } from '@/lib/access/viewer'
import { webhook } from '@/lib/jobs/types/webhook'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { deliveriesOf } from '@/test/support/webhooks'
import { createWebhookHandler } from '@/workers/handlers/webhook'

ownDatabase()

let ann: Viewer
let receiver: Receiver

beforeAll(async () => {
  ann = await createViewer()
  // On every address of this machine, of both families.
  receiver = await startReceiver({ host: '::' })
})
beforeEach(() => {
  receiver.connections = 0
  receiver.received.length = 0
})
afterAll(() => receiver?.close())

type Options = Parameters<typeof createWebhookHandler>[0]

/** Runs a job whose URL nobody checked before, as if the check at enqueueing had a hole. */
async function send(url: string, options: Options = {}) {
  const input = webhook.input.parse({ url, event: 'test.event', payload: {} })
  const jobId = await createJobRecord(ann.userId, 'webhook', { url })
  const context = jobContext<'webhook'>(input, { jobId, ownerId: ann.userId })
  const handler = createWebhookHandler({ allowed: [], limitMs: 3_000, ...options })
  const error = await handler(context).then(
    () => undefined,
    (caught: unknown) => caught,
  )
  return { jobId, error }
}

const refusal = { name: 'JobError', code: 'address_refused', options: { retryable: false } }

const literals = {
  loopback: ['127.0.0.1', '127.255.255.254', '127.0.0.1.', '[::1]', '[0:0:0:0:0:0:0:1]'],
  unspecified: ['0.0.0.0', '0', '[::]'],
  'short forms': ['127.1', '127.0.1'],
  decimal: ['2130706433'],
  octal: ['0177.0.0.1', '017700000001', '0177.1'],
  hexadecimal: ['0x7f000001', '0x7f.0.0.1', '0x7f.1', '0X7F.0X0.0X0.0X1'],
  'mixed notations': ['0x7f.0.0.01', '127.0x0.1'],
  'digits of other scripts': ['①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.0.0.1'],
  'percent-encoded': ['%31%32%37.0.0.1'],
  'IPv4-mapped': ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]'],
  'IPv4-compatible': ['[::127.0.0.1]', '[::7f00:1]'],
  NAT64: ['[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]'],
  '6to4': ['[2002:7f00:1::]', '[2002:7f00:0001::1]'],
  'unique local': ['[fc00::1]', '[fd12:3456:789a::1]'],
  'link-local': ['169.254.1.1', '[fe80::1]'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.254'],
  private: ['10.0.0.1', '172.16.0.1', '192.168.0.1'],
  metadata: [
    '169.254.169.254',
    '2852039166',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '168.63.129.16',
  ],
  names: ['localhost', 'LOCALHOST', 'localhost.', 'anything.localhost'],
}

describe('a webhook does not reach', () => {
  test.each(Object.entries(literals))('%s', async (_kind, hosts) => {
    for (const host of hosts) {
      const { error, jobId } = await send(`http://${host}:${receiver.port}/hooks`)
      expect(error, host).toMatchObject(refusal)
      expect(await deliveriesOf(jobId), host).toMatchObject([{ status: null, excerpt: null }])
    }
    expect(receiver.connections).toBe(0)
  })

  const answers = {
    'a private address': ['10.0.0.1'],
    'this machine': ['127.0.0.1'],
    'this machine in IPv6': ['::1'],
    'an IPv4-mapped address': ['::ffff:127.0.0.1'],
    'a NAT64 address': ['64:ff9b::7f00:1'],
    'a 6to4 address': ['2002:7f00:1::'],
    'a unique local address': ['fd00::1'],
    'a link-local address with its zone': ['fe80::1%lo'],
    'cloud metadata': ['169.254.169.254'],
    'a public and a private address': ['93.184.216.34', '127.0.0.1'],
    'a public IPv4 and a private IPv6 address': ['93.184.216.34', '::1'],
    'something that is no address': ['localhost'],
  }

  test.each(Object.entries(answers))('a name that resolves to %s', async (_kind, addresses) => {
    const resolve = async () => addresses
    const { error } = await send(`http://hooks.example.com:${receiver.port}/`, { resolve })
    expect(error).toMatchObject(refusal)
    expect(error).toHaveProperty('message', expect.not.stringContaining(addresses[0] ?? ''))
    expect(receiver.connections).toBe(0)
  })

  test('another address than the one that was checked, however the name changes', async () => {
    const outside = await startReceiver({ host: '127.0.0.1' })
    const inside = await startReceiver({ host: '127.0.0.2', port: outside.port })
    const asked: string[] = []
    // The first answer may be reached, every later one may not: what a rebinding name server gives.
    const resolve = async (name: string) => {
      asked.push(name)
      return [asked.length === 1 ? '127.0.0.1' : '127.0.0.2']
    }
    const options = { resolve, allowed: ['127.0.0.1/32'] }
    const url = `http://rebind.example.com:${inside.port}/`
    const first = await send(url, options)
    const second = await send(url, options)
    await Promise.all([inside.close(), outside.close()])
    expect(first.error).toBeUndefined()
    expect(second.error).toMatchObject(refusal)
    expect(asked).toEqual(['rebind.example.com', 'rebind.example.com'])
    expect(outside.received).toMatchObject([
      { headers: { host: `rebind.example.com:${inside.port}` } },
    ])
    expect(inside.connections).toBe(0)
  })

  test('ports of other services, whatever the operator allows', async () => {
    for (const port of [22, 25, 5432, 6379, 11211]) {
      const { error } = await send(`http://127.0.0.1:${port}/`, { allowed: ['127.0.0.0/8'] })
      expect(error, String(port)).toMatchObject(refusal)
    }
  })

  test('a place that a redirect names', async () => {
    const front = await startReceiver()
    front.behaviour = {
      status: 307,
      headers: { location: `http://127.0.0.2:${receiver.port}/hooks` },
    }
    const { error } = await send(front.url, { allowed: ['127.0.0.1/32'] })
    await front.close()
    expect(error).toMatchObject({ code: 'http_307' })
    expect(receiver.connections).toBe(0)
  })

  test('a proxy that the environment names', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY']
    for (const name of names) process.env[name] = `http://127.0.0.1:${receiver.port}`
    const front = await startReceiver({ host: '127.0.0.2' })
    const { error } = await send(front.url, { allowed: ['127.0.0.2/32'] })
    for (const name of names) delete process.env[name]
    await front.close()
    expect(error).toBeUndefined()
    expect(front.received).toHaveLength(1)
    expect(receiver.connections).toBe(0)
  })
})

test('a webhook reaches the ranges that the operator allows', async () => {
  const allowed = ['127.0.0.0/8']
  const { error } = await send(`http://0x7f.1:${receiver.port}/hooks`, { allowed })
  expect(error).toBeUndefined()
  expect(receiver.received).toMatchObject([{ headers: { host: `127.0.0.1:${receiver.port}` } }])
})

test('a name without an address, or that cannot be looked up, is tried again later', async () => {
  const url = `http://hooks.example.com:${receiver.port}/`
  const none = await send(url, { resolve: async () => [] })
  expect(none.error).toMatchObject({ code: 'name_not_found' })
  const away = Object.assign(new Error('queryA ETIMEOUT'), { code: 'ETIMEOUT' })
  const late = await send(url, { resolve: () => Promise.reject(away) })
  expect(late.error).toMatchObject({ code: 'name_lookup_failed' })
  for (const { error } of [none, late]) expect(error).not.toHaveProperty('options.retryable')
})
