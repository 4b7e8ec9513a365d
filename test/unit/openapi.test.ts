import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { openApiDocument } from '@/app/_api/openapi/document'
import { operations } from '@/app/_api/operations'
import { inputExamples } from '@/app/_api/operations/submissions'
import { serve } from '@/app/_api/serve'
import { definitions } from '@/lib/jobs/catalog'
import { contract } from '@/test/support/contract'
import { routesOfApp } from '@/test/support/routes'

const named = operations.map((operation) => ({
  ...operation,
  name: `${operation.method} ${operation.path}`,
}))

describe('the OpenAPI document', () => {
  test('describes calls that all have a route', async () => {
    const routes = await routesOfApp()
    const served = routes.filter(({ handler }) => handler === serve)
    const addresses = new Set(served.map(({ method, path }) => `${method} ${path}`))
    for (const { method, path, name } of named) {
      const route = path.startsWith('/api/v1/') ? `${method} /api/v1/[...path]` : name
      expect(addresses).toContain(route)
    }
  })

  test('passes a public validator', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(
      JSON.parse(JSON.stringify(openApiDocument(operations))),
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
    expect(Object.keys(openApiDocument(operations).components.schemas)).toEqual(
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
