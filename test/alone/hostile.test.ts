import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import http from 'node:http'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'
import {
  createDataDir,
  type Program,
  startWebProgram,
  startWorkerProgram,
} from '@/test/support/programs'
import { slowdown } from '@/test/support/slowdown'

const RATE = 30
const LASTING_MS = 2_500
const PROBE_MS = 40
const LIMIT_MS = 100
const MAIL_LIMIT_MS = 2_000
const MAIL_PROBE_MS = 20
const MEMORY_MB = 600

ownDatabase()

let web: Program & { url: string }
let worker: Program
let dataDir: string
let other: ApiUser
let users: ApiUser[]

beforeAll(async () => {
  dataDir = await createDataDir()
  const env = { DATABASE_URL: `${process.env.DATABASE_URL}`, DATA_DIR: dataDir }
  web = await startWebProgram(env)
  worker = await startWorkerProgram(env)
  other = await createApiUser()
  users = await Promise.all(Array.from({ length: 6 }, () => createApiUser()))
})
afterAll(async () => {
  await Promise.all([web?.stop(), worker?.stop()])
  await rm(dataDir, { recursive: true, force: true })
})

type Hostile = { method?: string; path: string; headers?: Record<string, string>; body?: Buffer }

/** Sends one request, whatever comes of it, and says its status; 0 when the connection was closed. */
function send({ method = 'POST', path, headers = {}, body }: Hostile): Promise<number> {
  return new Promise((resolve) => {
    const length = body ? { 'content-length': String(body.length) } : {}
    const request = http.request(`${web.url}${path}`, {
      method,
      headers: { ...headers, ...length },
    })
    request.on('response', (response) => {
      response.resume()
      response.on('close', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', () => resolve(0))
    request.end(body)
  })
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** How long a mail of somebody else takes from the request to its end, in milliseconds. */
async function timeOfMail(): Promise<number> {
  const start = performance.now()
  const headers = { ...json, ...keyOf(other) }
  const body = JSON.stringify({ type: 'email', ...item })
  const created = await fetch(`${web.url}/api/v1/jobs`, { method: 'POST', headers, body })
  expect(created.status).toBe(202)
  const location = `${web.url}${created.headers.get('location')}`
  for (;;) {
    const { job } = await (await fetch(location, { headers })).json()
    if (job.status === 'completed') return performance.now() - start
    await later(MAIL_PROBE_MS)
  }
}

/** Sends so many requests a second of one kind, and measures how long others' take meanwhile. */
async function attack(hostile: (index: number) => Hostile) {
  const busy = slowdown()
  const sent: Promise<number>[] = []
  const attacker = setInterval(() => sent.push(send(hostile(sent.length))), 1_000 / RATE)
  const times: number[] = []
  const mails: number[] = []
  const end = Date.now() + LASTING_MS
  const mailing = (async () => {
    while (Date.now() < end) mails.push(await timeOfMail())
  })()
  while (Date.now() < end) {
    const start = performance.now()
    await fetch(`${web.url}/api/health/live`)
    times.push(performance.now() - start)
    await later(PROBE_MS)
  }
  await mailing
  clearInterval(attacker)
  const statuses = await Promise.all(sent)
  times.sort((a, b) => a - b)
  return {
    statuses: [...new Set(statuses)].sort(),
    mail: Math.max(...mails),
    p95: times[Math.floor(times.length * 0.95)] ?? Number.POSITIVE_INFINITY,
    busy: Math.max(busy, slowdown()),
  }
}

async function megabytes(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', `${web.process.pid}`])
  return Number(stdout) / 1_024
}

const json = { 'content-type': 'application/json' }
const key = (index: number) => keyOf(users[index % users.length] ?? { userId: '', key: '' })
const unknown = Buffer.from(`{${'"k":1,'.repeat(400_000)}"k":1}`)
const manyNames = Buffer.from(
  JSON.stringify(Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`k${index}`, 1]))),
)
const segments = Buffer.concat([
  Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="x.jpg"\r\n\r\n'),
  Buffer.from([0xff, 0xd8]),
  Buffer.alloc(1024 * 1024, Buffer.from([0xff, 0xe0, 0, 2])),
  Buffer.from('\r\n--x--\r\n'),
])
const item = {
  input: { to: 'a@example.com', template: 'notice', variables: { text: 'word '.repeat(600) } },
}
const batch = Buffer.from(
  JSON.stringify({ type: 'email', items: Array(700).fill(item), staggerMs: 1 }),
)

const kinds: [string, (index: number) => Hostile][] = [
  [
    'addresses that take long to look through [S1]',
    () => ({ method: 'GET', path: `/api/auth/signin?callbackUrl=aa://${':'.repeat(15_000)}` }),
  ],
  [
    'unknown names in a batch [S2]',
    (index) => ({ path: '/api/v1/jobs/batch', headers: { ...json, ...key(index) }, body: unknown }),
  ],
  [
    'unknown names from nobody [S2]',
    () => ({ path: '/api/users', headers: json, body: manyNames }),
  ],
  [
    'large batches [S2]',
    (index) => ({ path: '/api/v1/jobs/batch', headers: { ...json, ...key(index) }, body: batch }),
  ],
  [
    'crafted images [S12]',
    (index) => ({
      path: '/api/v1/files',
      headers: { 'content-type': 'multipart/form-data; boundary=x', ...key(index) },
      body: segments,
    }),
  ],
  ['a method nobody has [S17]', () => ({ method: 'TRACE', path: '/jobs' })],
  [
    'new accounts, each with a password to hash [S10]',
    (index) => ({
      path: '/api/users',
      headers: json,
      body: Buffer.from(
        JSON.stringify({
          email: `p${index}@example.com`,
          password: 'tall purple wheel',
          name: 'x',
        }),
      ),
    }),
  ],
]

describe('while somebody sends 30 requests a second', () => {
  test.each(kinds)('of %s, others are answered, and memory is bounded', async (_kind, hostile) => {
    const { statuses, p95, mail, busy } = await attack(hostile)
    expect(statuses).not.toContain(500)
    expect(p95).toBeLessThan(LIMIT_MS * busy)
    expect(mail).toBeLessThan(MAIL_LIMIT_MS * busy)
    expect(await megabytes()).toBeLessThan(MEMORY_MB)
  })

  test('six batches of 30 MB at once are no more to bear than one [S2]', async () => {
    const large = Buffer.from(JSON.stringify({ type: 'email', items: Array(10_000).fill(item) }))
    let most = 0
    const timer = setInterval(async () => {
      most = Math.max(most, await megabytes())
    }, 100)
    const busy = slowdown()
    const times: number[] = []
    let done = false
    const sent = Promise.all(
      users.map((_, index) =>
        send({ path: '/api/v1/jobs/batch', headers: { ...json, ...key(index) }, body: large }),
      ),
    ).finally(() => {
      done = true
    })
    while (!done) {
      const start = performance.now()
      await fetch(`${web.url}/api/health/live`)
      times.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, PROBE_MS))
    }
    clearInterval(timer)
    expect((await sent).filter((status) => status === 202).length).toBeGreaterThan(0)
    times.sort((a, b) => a - b)
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(
      LIMIT_MS * Math.max(busy, slowdown()),
    )
    expect(most).toBeLessThan(MEMORY_MB)
  }, 120_000)
})

describe('every answer', () => {
  test.each([
    ['GET', '/api/v1/jobs', 401],
    ['GET', '/_next/static/none.js', 404],
    ['GET', '/sign-in', 200],
    ['GET', '/api/health/live', 200],
  ])('to %s %s has its headers [S16]', async (method, path, status) => {
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.request(`${web.url}${path}`, { method }, resolve).on('error', reject).end()
    })
    answer.resume()
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test.each([
    ['/api/v1/files/%F0%28%8C%28/content', 422],
    ['/api/auth/signin?callbackUrl=http://localhost:3200.evil.test/', 422],
    ['/_next/image?url=%2Fsamples%2Friver-mill.jpg&w=640&q=75', 404],
  ])('to %s is %i [S17] [S23]', async (path, status) => {
    expect(await send({ method: 'GET', path })).toBe(status)
  })

  test.each(['::::', 'javascript:alert(1)'])(
    'to a browser that keeps %s as the page to come back to is as to any other',
    async (kept) => {
      const headers = { cookie: `next-auth.callback-url=${kept}` }
      expect(await send({ method: 'GET', path: '/api/auth/session', headers })).toBe(200)
    },
  )
})
