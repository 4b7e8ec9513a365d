import { describe, expect, test } from 'vitest'
import { operations } from '@/app/_api/operations'
import { keyOf } from '@/test/support/actors'
import { createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { recordsOf } from '@/test/support/api-records'
import { contract } from '@/test/support/contract'
import { exampleBody, exampleNames, examplePath, successOf } from '@/test/support/example-calls'

const app = apiApp()

const cases = operations.flatMap((operation) =>
  exampleNames(operation).map((name) => ({
    operation,
    name,
    call: `${operation.method} ${operation.path} ${name}`.trim(),
  })),
)

describe('the examples of the OpenAPI document', () => {
  test.each(cases)('$call does what the document says', async ({ operation, name }) => {
    const user = await createApiUser()
    const records = recordsOf({ userId: user.userId, role: 'USER' })
    const { path, real } = await examplePath(operation, records)
    const body = operation.body ? await exampleBody(operation, name, records, real) : undefined
    const response = await app.call(operation.method, path, keyOf(user), body)
    const status = successOf(operation)
    const text =
      status === 200 && path.endsWith('/live') ? await firstEvent(response) : await response.text()
    expect({ status: response.status, text }).toEqual({ status, text })

    const {
      schema,
      contentType = 'application/json',
      headers = {},
    } = operation.answers[status] ?? {}
    for (const header of Object.keys(headers)) expect(response.headers.get(header)).toBeTruthy()
    if (!schema) return
    expect(response.headers.get('content-type')).toContain(contentType)
    const answer = contentType === 'application/json' ? JSON.parse(text) : text
    expect(contract().ofAnswer(operation, status, answer)).toBe('')
  })
})

/** A stream that nobody ends: its first bytes. */
async function firstEvent(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const chunk = await reader?.read()
  await reader?.cancel()
  return Buffer.from(chunk?.value ?? []).toString()
}
