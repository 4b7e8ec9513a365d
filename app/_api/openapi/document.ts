import { sessionCookie } from '@/lib/auth/session-token'
import { config } from '@/lib/config/config'
import packageJson from '@/package.json' with { type: 'json' }
import type { Answer, Operation } from '../operation'
import { Components, type JsonSchema } from './json-schema'
import { problemSchema, problemsOf, retried } from './problems'

const description = `Create background jobs, follow them, and get their results.

Lists are \`{ "data": […], "nextCursor": … }\`; errors are \`application/problem+json\`. Times are ISO 8601 in UTC; ids are UUIDs.`

/** The HTTP API as an OpenAPI 3.1 document. */
export function openApiDocument(operations: readonly Operation[]) {
  const components = new Components()
  const problem = components.convert(problemSchema, 'output')
  const paths: Record<string, JsonSchema> = {}
  for (const operation of operations) {
    paths[operation.path] = {
      ...(paths[operation.path] ?? pathItem(operation.path)),
      [operation.method.toLowerCase()]: describe(operation, components, problem),
    }
  }
  return {
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
    components: {
      schemas: components.schemas,
      securitySchemes: {
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
      },
    },
  }
}

function pathItem(path: string): JsonSchema {
  const names = [...path.matchAll(/\{(\w{1,40})\}/g)].map(([, name]) => name)
  const schema = { type: 'string', format: 'uuid' }
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema }))
  return parameters.length > 0 ? { parameters } : {}
}

function describe(operation: Operation, components: Components, problem: JsonSchema): JsonSchema {
  const { id, tag, summary, scope, body, answers } = operation
  const parameters = [...queryParameters(operation, components), ...headerParameters(operation)]
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [operation.description, needs(operation)].filter(Boolean).join('\n\n'),
    security: scope === 'public' ? [] : [{ apiKey: [] }, { session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: requestBody(body, components) } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(problemsOf(operation)).map(([status, when]) => [
          status,
          problemResponse(Number(status), when, problem),
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, response(answer, components)]),
      ),
    },
  }
}

function needs({ scope }: Operation): string | undefined {
  return scope === 'public' ? undefined : `An API key needs the scope \`${scope}\`.`
}

function queryParameters({ query }: Operation, components: Components): JsonSchema[] {
  if (!query) return []
  return Object.entries(query.shape).map(([name, field]) => {
    const { description: meaning, ...schema } = components.convert(field, 'input')
    return { name, in: 'query', schema, ...(meaning ? { description: meaning } : {}) }
  })
}

function headerParameters({ headers = {} }: Operation): JsonSchema[] {
  return Object.entries(headers).map(([name, meaning]) => ({
    name,
    in: 'header',
    description: meaning,
    schema: { type: 'string' },
  }))
}

function requestBody(body: NonNullable<Operation['body']>, components: Components): JsonSchema {
  const { schema, examples, contentType = 'application/json' } = body
  return {
    required: true,
    content: {
      [contentType]: {
        schema: components.convert(schema, 'input'),
        ...(Object.keys(examples).length > 0 ? { examples } : {}),
      },
    },
  }
}

function response(answer: Answer, components: Components): JsonSchema {
  const { schema, example, contentType = 'application/json', location } = answer
  const headers = { ...answer.headers, ...(location ? { Location: 'Its address.' } : {}) }
  const described = Object.entries(headers).map(([name, meaning]) => [
    name,
    { description: meaning, schema: { type: 'string' } },
  ])
  const content = schema
    ? { [contentType]: { schema: components.convert(schema, 'output'), example } }
    : answer.contentType && { [contentType]: {} }
  return {
    description: answer.description,
    ...(described.length > 0 ? { headers: Object.fromEntries(described) } : {}),
    ...(content ? { content } : {}),
  }
}

function problemResponse(status: number, when: string, schema: JsonSchema): JsonSchema {
  const seconds = { description: 'Seconds to wait.', schema: { type: 'integer' } }
  return {
    description: when,
    ...(retried.includes(status) ? { headers: { 'Retry-After': seconds } } : {}),
    content: { 'application/problem+json': { schema } },
  }
}
