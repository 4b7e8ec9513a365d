import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { problemSchema } from '@/app/_api/openapi/problems'
import type { Operation } from '@/app/_api/operation'
import { operations } from '@/app/_api/operations'
import { keyOf, type Proof } from '@/test/support/actors'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { recordsOf } from '@/test/support/api-records'
import { exampleBody, exampleNames, examplePath } from '@/test/support/example-calls'
import { mutations, nastyBodies } from '@/test/support/nasty'
import { rowCounts } from '@/test/support/row-counts'

/** The same values in every run: a failure is found again. */
const SEED = 20_260_302
const RUNS = 40

const app = apiApp()

let user: ApiUser
let records: ReturnType<typeof recordsOf>

beforeEach(async () => {
  user = await createApiUser()
  records = recordsOf({ userId: user.userId, role: 'USER' })
})

/** A refusal gives a reason and leaves no row; anything else is a success. Never a 5xx. */
async function survives(
  what: string,
  method: string,
  path: string,
  headers: Proof,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<number> {
  const before = await rowCounts()
  const response = await fetch(`${app.url()}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...keyOf(user), ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const { status } = response
  const text = await response.text()
  expect(status, `${what}: ${text.slice(0, 300)}`).toBeLessThan(500)
  if (status < 400) return status
  expect(response.headers.get('content-type'), what).toBe('application/problem+json')
  const { detail } = problemSchema.parse(JSON.parse(text))
  expect(detail.length, what).toBeGreaterThan(5)
  expect(await rowCounts(), what).toEqual(before)
  return status
}

const named = (list: readonly Operation[]) =>
  list.map((operation) => [`${operation.method} ${operation.path}`, operation] as const)

const writes = operations.filter(({ body }) => body && body.contentType !== 'multipart/form-data')

describe.each(named(writes))('%s', (_title, operation) => {
  const { method } = operation

  test('refuses what is no such body, with a reason', async () => {
    const { path } = await examplePath(operation, records)
    for (const [what, body] of Object.entries(nastyBodies)) {
      const status = await survives(what, method, path, {}, body)
      // An empty object changes nothing, which a change may do.
      if (method !== 'PATCH' || !['an empty object', 'a byte order mark'].includes(what)) {
        expect([413, 422], what).toContain(status)
      }
    }
  })

  test('survives nasty values in every field', { timeout: 120_000 }, async () => {
    const { path, real } = await examplePath(operation, records)
    for (const name of exampleNames(operation)) {
      const example = await exampleBody(operation, name, records, real)
      for (const { what, body } of mutations(example)) await survives(what, method, path, {}, body)
    }
  })

  test('survives any JSON', { timeout: 60_000 }, async () => {
    const { path } = await examplePath(operation, records)
    const any = fc.jsonValue({ noUnicodeString: false, maxDepth: 6 })
    const fields = Object.keys(Object.values(operation.body?.examples ?? {})[0]?.value ?? {})
    const body = fc.record(Object.fromEntries(fields.map((field) => [field, any])))
    const property = fc.asyncProperty(fc.oneof(body, any), async (value) => {
      await survives('generated', method, path, {}, JSON.stringify(value))
    })
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true })
  })
})

const nastyTexts = ['%00', 'a%00b', '%ED%A0%80', '%FF', '%', "'", '1e400', '-1', 'x'.repeat(4_000)]

describe.each(named(operations.filter(({ query }) => query)))('%s', (_title, operation) => {
  test('survives nasty parameters', async () => {
    const { path } = await examplePath(operation, records)
    for (const name of Object.keys(operation.query?.shape ?? {})) {
      for (const text of nastyTexts) {
        const query = `${path}?${name}=${text}`
        const response = await fetch(`${app.url()}${query}`, {
          method: operation.method,
          headers: keyOf(user),
        })
        await response.body?.cancel()
        expect(response.status, query).toBeLessThan(500)
      }
    }
  })
})

describe.each(named(operations.filter(({ path }) => path.includes('{'))))(
  '%s',
  (_title, { method, path }) => {
    test('answers 404 to an id that is none', async () => {
      const ids = ['0', '%00', '%E2%98%83', '..%2f..%2fusers', '__proto__', 'x'.repeat(2_000)]
      for (const id of ids) {
        const body = method === 'POST' || method === 'PATCH' ? '{}' : undefined
        const response = await fetch(`${app.url()}${path.replace('{id}', id)}`, {
          method,
          headers: { 'content-type': 'application/json', ...keyOf(user) },
          ...(body ? { body } : {}),
        })
        await response.body?.cancel()
        expect([400, 404, 422], `${id}: ${response.status}`).toContain(response.status)
      }
    })
  },
)

test('an idempotency key of nasty text is refused', async () => {
  const body = JSON.stringify({ type: 'email', input: { to: 'a@example.com', template: 'notice' } })
  for (const key of ['', 'a b', 'é', 'x'.repeat(201)]) {
    const status = await survives(key, 'POST', '/api/v1/jobs', { 'idempotency-key': key }, body)
    expect(status).toBe(422)
  }
})
