import { z } from 'zod'
import { listDeliveries } from '@/app/_server/webhooks/deliveries'
import {
  deliveryView,
  deliveryViewSchema,
  endpointView,
  endpointViewSchema,
} from '@/app/_server/webhooks/endpoint-view'
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from '@/app/_server/webhooks/endpoints'
import { recoverFailed, replayDelivery } from '@/app/_server/webhooks/replay'
import { sendTest } from '@/app/_server/webhooks/send-test'
import { pageSchema } from '@/lib/db/page'
import { jobView } from '@/lib/jobs/view'
import {
  endpointChangesSchema,
  newEndpointSchema,
  replaySchema,
  sinceSchema,
} from '@/lib/webhooks/fields'
import { newJob, object, pageOf, shown } from '../answers'
import { exampleDelivery, exampleEndpoint, exampleIds, exampleSecret } from '../examples'
import { operation, tagged } from '../operation'

const endpoint = (description: string) =>
  object({ endpoint: endpointViewSchema }, { endpoint: exampleEndpoint }, description)

const withSecret = (description: string) =>
  object(
    { endpoint: endpointViewSchema, secret: z.string() },
    { endpoint: exampleEndpoint, secret: exampleSecret },
    description,
  )

const sending = { 202: newJob('The job that sends it.') }

const switchedOff = { 409: 'The endpoint is turned off.' }

/** Largest bodies, in bytes: of an endpoint, and of what names one delivery or time. */
const ENDPOINT_BYTES = 16_384
const SHORT_BYTES = 1_024

/** Webhook endpoints: where webhooks go, and what went there. */
export const webhookOperations = tagged('Webhook endpoints', {
  createWebhookEndpoint: operation('POST', '/api/v1/webhook-endpoints', {
    summary: 'Create an endpoint',
    description: 'Without `eventTypes` it gets every event. Its address must be a public one.',
    scope: 'webhooks:write',
    body: {
      schema: newEndpointSchema,
      maxBytes: ENDPOINT_BYTES,
      examples: {
        shop: {
          value: {
            url: 'https://shop.example.com/hooks',
            description: 'The shop',
            eventTypes: ['order.created'],
          },
        },
      },
    },
    answers: {
      201: {
        ...withSecret('The new endpoint. Only this answer shows its secret.'),
        location: ({ endpoint: { id } }) => `/api/v1/webhook-endpoints/${id}`,
      },
    },
    async handle({ viewer, body }) {
      const { endpoint, secret } = await createEndpoint(viewer, await body())
      return { endpoint: endpointView(endpoint), secret }
    },
  }),
  listWebhookEndpoints: operation('GET', '/api/v1/webhook-endpoints', {
    summary: 'List endpoints',
    scope: 'webhooks:read',
    query: pageSchema,
    answers: { 200: pageOf(endpointViewSchema, exampleEndpoint, 'A page of endpoints.') },
    handle: async ({ viewer, query }) => shown(await listEndpoints(viewer, query), endpointView),
  }),
  getWebhookEndpoint: operation('GET', '/api/v1/webhook-endpoints/{id}', {
    summary: 'Get an endpoint',
    scope: 'webhooks:read',
    answers: { 200: endpoint('The endpoint.') },
    handle: async ({ viewer, id }) => ({ endpoint: endpointView(await getEndpoint(viewer, id)) }),
  }),
  updateWebhookEndpoint: operation('PATCH', '/api/v1/webhook-endpoints/{id}', {
    summary: 'Change an endpoint',
    description: 'Fields you leave out stay as they are.',
    scope: 'webhooks:write',
    body: {
      schema: endpointChangesSchema,
      maxBytes: ENDPOINT_BYTES,
      examples: { pause: { summary: 'Turn it off', value: { enabled: false } } },
    },
    answers: { 200: endpoint('The changed endpoint.') },
    handle: async ({ viewer, id, body }) => ({
      endpoint: endpointView(await updateEndpoint(viewer, id, await body())),
    }),
  }),
  deleteWebhookEndpoint: operation('DELETE', '/api/v1/webhook-endpoints/{id}', {
    summary: 'Delete an endpoint',
    description: 'Deletes its delivery log too.',
    scope: 'webhooks:write',
    answers: { 204: { description: 'It is deleted.' } },
    async handle({ viewer, id }) {
      await deleteEndpoint(viewer, id)
      return new Response(null, { status: 204 })
    },
  }),
  rotateWebhookSecret: operation('POST', '/api/v1/webhook-endpoints/{id}/rotate-secret', {
    summary: 'Rotate the secret',
    description:
      'For 24 hours webhooks carry two signatures, made with the new and the old secret.',
    scope: 'webhooks:write',
    answers: { 200: withSecret('The endpoint. Only this answer shows its new secret.') },
    async handle({ viewer, id }) {
      const { endpoint, secret } = await rotateSecret(viewer, id)
      return { endpoint: endpointView(endpoint), secret }
    },
  }),
  testWebhookEndpoint: operation('POST', '/api/v1/webhook-endpoints/{id}/test', {
    summary: 'Send a test event',
    scope: 'webhooks:write',
    answers: sending,
    errors: switchedOff,
    handle: async ({ viewer, id }) => ({ job: jobView(await sendTest(viewer, id)) }),
  }),
  listWebhookDeliveries: operation('GET', '/api/v1/webhook-endpoints/{id}/deliveries', {
    summary: 'List deliveries',
    description: 'Every request made to the endpoint, newest first.',
    scope: 'webhooks:read',
    query: pageSchema,
    answers: { 200: pageOf(deliveryViewSchema, exampleDelivery, 'A page of deliveries.') },
    handle: async ({ viewer, id, query }) =>
      shown(await listDeliveries(viewer, id, query), deliveryView),
  }),
  replayWebhookDelivery: operation('POST', '/api/v1/webhook-endpoints/{id}/replay', {
    summary: 'Send a delivery again',
    scope: 'webhooks:write',
    body: {
      schema: replaySchema,
      maxBytes: SHORT_BYTES,
      examples: { delivery: { value: { deliveryId: exampleIds.delivery } } },
    },
    answers: sending,
    errors: switchedOff,
    async handle({ viewer, id, body }) {
      const { deliveryId } = await body()
      return { job: jobView(await replayDelivery(viewer, id, deliveryId)) }
    },
  }),
  recoverWebhooks: operation('POST', '/api/v1/webhook-endpoints/{id}/recover', {
    summary: 'Recover failed webhooks',
    description: 'Retries every webhook to the endpoint that has failed since a given time.',
    scope: 'webhooks:write',
    body: {
      schema: sinceSchema,
      maxBytes: SHORT_BYTES,
      examples: { day: { value: { since: '2026-03-01T00:00:00Z' } } },
    },
    answers: { 202: object({ count: z.int() }, { count: 3 }, 'How many are retried.') },
    errors: switchedOff,
    async handle({ viewer, id, body }) {
      const { since } = await body()
      return { count: await recoverFailed(viewer, id, since) }
    },
  }),
})
