import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '@/app/_api/operation'
import { operations } from '@/app/_api/operations'
import { serve } from '@/app/_api/serve'
import { scopes } from '@/lib/access/scopes'
import { prisma } from '@/lib/db/prisma'
import { keyOf, type Proof, refusedProofs, sessionOf } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { recordsOf } from '@/test/support/api-records'
import { exampleBody, exampleNames, examplePath, successOf } from '@/test/support/example-calls'
import { routesOfApp } from '@/test/support/routes'
import { rowCounts } from '@/test/support/row-counts'

/**
 * Who may call what. An operation says it: its scope, and whether its path names a record, which then
 * is its owner's and the admins' alone. Routes that serve no operation are named here with the reason.
 */
const elsewhere: Record<string, string> = {
  '/admin/audit/export': 'for admins only; see users.test.ts',
  '/find': 'for the palette, by session alone; see job-lists.test.ts',
  '/admin/queues/[[...path]]': 'Bull Board; see admin.test.ts',
  '/api/auth/[...nextauth]': 'the sign-in itself; see auth-next-auth.test.ts',
  '/api/metrics': 'takes METRICS_TOKEN and nothing else; see metrics-scrape.test.ts',
  '/api/unsubscribe': 'the link in a mail, which carries its own proof',
}

const app = apiApp({ env: { RATE_LIMIT_PER_ADDRESS: '100000' } })

let owner: ApiUser
let other: ApiUser
let admin: ApiUser
let refused: Record<string, Proof>

beforeAll(async () => {
  other = await createApiUser()
  admin = await createApiUser('ADMIN')
  refused = await refusedProofs()
})

beforeEach(async () => {
  owner = await createApiUser()
})

test('every route is one of the operations, each with its scope, or has its reason here', async () => {
  const others = (await routesOfApp()).filter(({ handler }) => handler !== serve)
  expect([...new Set(others.map(({ path }) => path))]).toEqual(Object.keys(elsewhere))
})

/** An operation on a new record of the owner's, to be sent with any proof. */
async function prepare(operation: Operation) {
  const records = recordsOf({ userId: owner.userId, role: 'USER' })
  const { path, real } = await examplePath(operation, records)
  const [name = ''] = exampleNames(operation)
  const body = operation.body ? await exampleBody(operation, name, records, real) : undefined
  return async (proof: Proof): Promise<number> => {
    const response = await app.call(operation.method, path, proof, body)
    await response.body?.cancel()
    return response.status
  }
}

async function attempt(operation: Operation, proof: Proof): Promise<number> {
  const send = await prepare(operation)
  return send(proof)
}

const closed = operations.filter(({ scope }) => scope !== 'public')
const title = ({ method, path }: Operation) => `${method} ${path}`

describe.each(closed.map((operation) => [title(operation), operation] as const))(
  '%s',
  (_title, operation) => {
    const success = successOf(operation)
    const write = operation.method !== 'GET' && operation.method !== 'HEAD'

    test('answers 401 to whoever proves nothing', async () => {
      const send = await prepare(operation)
      const before = await rowCounts()
      for (const [who, proof] of Object.entries(refused)) {
        expect({ who, status: await send(proof) }).toEqual({ who, status: 401 })
      }
      expect(await rowCounts()).toEqual(before)
    })

    test('answers 403 to a key that lacks its scope, and takes one that has nothing else', async () => {
      const where = { userId: owner.userId }
      const lacking = scopes.filter((scope) => scope !== operation.scope && scope !== 'admin')
      await prisma().apiKey.updateMany({ where, data: { scopes: lacking } })
      const without = await attempt(operation, keyOf(owner))
      await prisma().apiKey.updateMany({ where, data: { scopes: [operation.scope] } })
      const alone = await attempt(operation, keyOf(owner))
      expect([without, alone]).toEqual([403, success])
    })

    test('is the owner’s and the admins’', async () => {
      const theirs = operation.path.includes('{')
      expect(await attempt(operation, keyOf(other))).toBe(theirs ? 404 : success)
      if (theirs) expect(await attempt(operation, keyOf(admin))).toBe(success)
    })

    test('takes a session, whose writes come from the console’s own pages', async () => {
      const session = await sessionOf(owner)
      const own = { ...session, origin: app.url() }
      expect(await attempt(operation, own)).toBe(success)
      const strangers = [
        session,
        { ...session, origin: 'https://evil.example' },
        { ...session, origin: 'null' },
        { ...own, 'sec-fetch-site': 'cross-site' },
      ]
      for (const stranger of strangers) {
        expect(await attempt(operation, stranger)).toBe(write ? 403 : success)
      }
    })
  },
)

describe('a list', () => {
  const lists = closed.filter(({ method, path }) => method === 'GET' && !path.includes('{'))

  test.each(lists.map((operation) => [title(operation), operation] as const))(
    '%s shows nobody else’s records',
    async (_title, operation) => {
      if (operation.tag === 'Live') return
      const person = await createApiUser()
      const records = recordsOf({ userId: person.userId, role: 'USER' })
      const { endpointId, id: delivery } = await records.delivery()
      const made = [await records.job('QUEUED'), await records.file(), endpointId, delivery]
      const theirs = (await app.call('GET', operation.path, keyOf(other))).text()
      for (const id of made) expect(await theirs).not.toContain(id)
    },
  )
})
