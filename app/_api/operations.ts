import { z } from 'zod'
import { openApiDocument } from './openapi/document'
import { type Operation, operation, tagged } from './operation'
import { batchOperations } from './operations/batches'
import { fileOperations } from './operations/files'
import { jobOperations } from './operations/jobs'
import { liveOperations } from './operations/live'
import { scheduleOperations } from './operations/schedules'
import { serviceOperations } from './operations/service'
import { webhookOperations } from './operations/webhooks'

const documentOperations = tagged('Service', {
  getOpenApi: operation('GET', '/api/v1/openapi.json', {
    summary: 'Get this document',
    scope: 'public',
    answers: {
      200: {
        description: 'The OpenAPI 3.1 document.',
        schema: z.record(z.string(), z.unknown()),
        example: { openapi: '3.1.0' },
      },
    },
    handle: () =>
      Response.json(openApiDocument(operations), {
        headers: { 'access-control-allow-origin': '*' },
      }),
  }),
})

/** Every call of the HTTP API. What is not declared here is answered with 404. */
export const operations: readonly Operation[] = [
  ...jobOperations,
  ...liveOperations,
  ...batchOperations,
  ...scheduleOperations,
  ...fileOperations,
  ...webhookOperations,
  ...serviceOperations,
  ...documentOperations,
]
