import { sessionCookie } from '@/lib/auth/session-token'
import { config } from '@/lib/config/config'
import packageJson from '@/package.json' with { type: 'json' }
import type { Answer, Operation } from '../operation'
import { jsonSchemaOf } from './json-schema'
import { problemSchema, problemsOf, retried } from './problems'

const description = `Create background jobs, follow them, and get their results.

Lists are \`{ "data": […], "nextCursor": … }\`; errors are \`application/problem+json\`. Times are ISO 8601 in UTC; ids are UUIDs.`

type Json = Record<string, unknown>
type Convert = (...schema: Parameters<typeof jsonSchemaOf>) => Json
type Document = Json & { components: { schemas: Json } }

/** The HTTP API as an OpenAPI 3.1 document. */
export function openApiDocument(operations: readonly Operation[]): Document {
  let schemas: Json = {}
  const convert: Convert = (schema, io) => {
    const { $defs, ...inline } = jsonSchemaOf(schema, io)
    schemas = { ...$defs, ...schemas }
    return inline
  }
  const problem = convert(problemSchema, 'output')
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const { path, method } = operation
    paths[path] ??= path.includes('{id}') ? { parameters: [id] } : {}
    paths[path][method.toLowerCase()] = describe(operation, convert, problem)
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Millrace',
      version: packageJson.version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: config().appUrl }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas, securitySchemes: securitySchemes() },
  }
  // Schemas with a name are the document's components; what is undefined is left out.
  return JSON.parse(JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }

function securitySchemes() {
  return {
    apiKey: {
      type: 'http',
      scheme: 'bearer',
      description: 'An API key (`mr_…`) from Settings, or `npm run -s cli -- key create`.',
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookie().name,
      description: 'The console’s own sign-in. Writes must come from the console’s pages.',
    },
  }
}

function describe(operation: Operation, convert: Convert, problem: Json): Json {
  const { id, tag, summary, scope, query, headers, body, answers } = operation
  const parameters = [
    ...Object.entries(query?.shape ?? {}).map(([name, field]) => {
      const { description, ...schema } = convert(field, 'input')
      return { name, in: 'query', schema, description }
    }),
    ...Object.entries(textHeaders(headers) ?? {}).map(([name, header]) => {
      return { name, in: 'header', ...header }
    }),
  ]
  const needs = scope === 'public' ? undefined : `An API key needs the scope \`${scope}\`.`
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [operation.description, needs].filter(Boolean).join('\n\n'),
    security: scope === 'public' ? [] : [{ apiKey: [] }, { session: [] }],
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: body && {
      required: true,
      content: {
        [body.contentType ?? 'application/json']: {
          schema: convert(body.schema, 'input'),
          examples: Object.keys(body.examples).length > 0 ? body.examples : undefined,
        },
      },
    },
    responses: {
      ...each(problemsOf(operation), (when, status) => ({
        description: when,
        headers: retried.includes(Number(status)) ? { 'Retry-After': seconds } : undefined,
        content: { 'application/problem+json': { schema: problem } },
      })),
      ...each(answers, (answer) => response(answer, convert)),
    },
  }
}

const seconds = { description: 'Seconds to wait.', schema: { type: 'integer' } }

function response(answer: Answer, convert: Convert): Json {
  const { description, schema, example, location } = answer
  const { contentType = schema && 'application/json' } = answer
  const headers = location ? { ...answer.headers, Location: 'Its address.' } : answer.headers
  const content = schema ? { schema: convert(schema, 'output'), example } : {}
  return {
    description,
    headers: textHeaders(headers),
    content: contentType && { [contentType]: content },
  }
}

function textHeaders(headers?: Record<string, string>) {
  return headers && each(headers, (description) => ({ description, schema: { type: 'string' } }))
}

function each<Value, Made>(
  record: Record<string, Value>,
  make: (value: Value, key: string) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value, key)]))
}
