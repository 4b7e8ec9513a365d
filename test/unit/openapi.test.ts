import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { definitions } from '@/lib/jobs/catalog'
import { openApiDocument } from '@/lib/openapi/document'
import { operations } from '@/lib/openapi/operations'
import { inputExamples } from '@/lib/openapi/submissions'
import { contract } from '@/test/support/contract'
import { routesOfApp } from '@/test/support/routes'

/** Routes that are no calls of the HTTP API: sign-in, the link of mail programs, scrapes, what answers 404. */
const elsewhere = /^\/api\/(auth\/|unsubscribe$|metrics$)|^\/api\/v1\/\[\.\.\.path\]$/

const named = operations.map((operation) => ({
  ...operation,
  name: `${operation.method} ${operation.path}`,
}))

describe('the OpenAPI document', () => {
  test('describes every route, and nothing else', async () => {
    const routes = (await routesOfApp()).filter(
      ({ path }) => path.startsWith('/api/') && !elsewhere.test(path),
    )
    const described = named.map(({ name }) => name)
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
  })

  test('passes a public validator', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(
      JSON.parse(JSON.stringify(openApiDocument())),
    )
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(validator.version).toBe('3.1')
  })

  test('has a name of its own for each call', () => {
    const ids = operations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('knows each job type’s input, with an example that fits it', () => {
    for (const { type, input, userFacing } of definitions) {
      if (!userFacing) continue
      expect(inputExamples.has(type), type).toBe(true)
      expect(input.safeParse(inputExamples.get(type)).error, type).toBeUndefined()
    }
    expect(Object.keys(openApiDocument().components.schemas)).toEqual(
      expect.arrayContaining(['EmailSubmission', 'ImageSubmission', 'WebhookSubmission', 'Job']),
    )
  })
})

describe.each(named)('$name', (operation) => {
  const { ofRequest, ofAnswer } = contract()

  test('has examples of its body that fit', () => {
    if (!operation.body || operation.body.contentType === 'multipart/form-data') return
    const examples = Object.values(operation.body.examples)
    expect(examples).not.toHaveLength(0)
    for (const { value } of examples) expect(ofRequest(operation, value)).toBe('')
  })

  test('has examples of its answers that fit', () => {
    for (const [status, { schema, example }] of Object.entries(operation.answers)) {
      if (schema) expect(ofAnswer(operation, Number(status), example)).toBe('')
    }
  })
})
