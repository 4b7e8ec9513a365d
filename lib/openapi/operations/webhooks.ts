import { z } from 'zod'
import { pageSchema } from '@/lib/jobs/list'
import { jobViewSchema } from '@/lib/jobs/view'
import { location, one, pageOf } from '@/lib/openapi/answers'
import {
  exampleDelivery,
  exampleEndpoint,
  exampleIds,
  exampleJob,
  exampleSecret,
} from '@/lib/openapi/examples'
import type { Answer, Operation } from '@/lib/openapi/operation'
import { deliveryViewSchema, endpointViewSchema } from '@/lib/webhooks/endpoint-view'
import {
  endpointChangesSchema,
  newEndpointSchema,
  replaySchema,
  sinceSchema,
} from '@/lib/webhooks/fields'

const endpoint = (description: string) =>
  one('endpoint', endpointViewSchema, exampleEndpoint, description)

const sending = {
  ...one('job', jobViewSchema, exampleJob, 'The job that sends it.'),
  headers: location,
}

const withSecret = (description: string): Answer => ({
  description,
  schema: z.object({ endpoint: endpointViewSchema, secret: z.string() }),
  example: { endpoint: exampleEndpoint, secret: exampleSecret },
})

const switchedOff = { 409: 'The endpoint is switched off.' }

/** Webhook endpoints: where webhooks go, and what went there. */
export const webhookOperations: Operation[] = [
  {
    id: 'createWebhookEndpoint',
    method: 'POST',
    path: '/api/v1/webhook-endpoints',
    tag: 'Webhook endpoints',
    summary: 'Create an endpoint',
    description: 'Without `eventTypes` it takes every event. Its address must not be private.',
    scope: 'webhooks:write',
    body: {
      schema: newEndpointSchema,
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
    answers: { 201: { ...withSecret('Only this answer shows the secret.'), headers: location } },
  },
  {
    id: 'listWebhookEndpoints',
    method: 'GET',
    path: '/api/v1/webhook-endpoints',
    tag: 'Webhook endpoints',
    summary: 'List endpoints',
    scope: 'webhooks:read',
    query: pageSchema,
    answers: { 200: pageOf(endpointViewSchema, exampleEndpoint, 'A page of endpoints.') },
  },
  {
    id: 'getWebhookEndpoint',
    method: 'GET',
    path: '/api/v1/webhook-endpoints/{id}',
    tag: 'Webhook endpoints',
    summary: 'Show an endpoint',
    scope: 'webhooks:read',
    answers: { 200: endpoint('The endpoint.') },
  },
  {
    id: 'updateWebhookEndpoint',
    method: 'PATCH',
    path: '/api/v1/webhook-endpoints/{id}',
    tag: 'Webhook endpoints',
    summary: 'Change an endpoint',
    description: 'What the body does not name stays as it is.',
    scope: 'webhooks:write',
    body: {
      schema: endpointChangesSchema,
      examples: { pause: { summary: 'Switch it off', value: { enabled: false } } },
    },
    answers: { 200: endpoint('The endpoint as it is now.') },
  },
  {
    id: 'deleteWebhookEndpoint',
    method: 'DELETE',
    path: '/api/v1/webhook-endpoints/{id}',
    tag: 'Webhook endpoints',
    summary: 'Delete an endpoint',
    description: 'With its delivery log.',
    scope: 'webhooks:write',
    answers: { 204: { description: 'It is gone.' } },
  },
  {
    id: 'rotateWebhookSecret',
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{id}/rotate-secret',
    tag: 'Webhook endpoints',
    summary: 'Rotate the secret',
    description: 'For 24 hours webhooks carry two signatures: by the new secret and by the old.',
    scope: 'webhooks:write',
    answers: { 200: withSecret('Only this answer shows the new secret.') },
  },
  {
    id: 'testWebhookEndpoint',
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{id}/test',
    tag: 'Webhook endpoints',
    summary: 'Send a test event',
    scope: 'webhooks:write',
    answers: { 202: sending },
    errors: switchedOff,
  },
  {
    id: 'listWebhookDeliveries',
    method: 'GET',
    path: '/api/v1/webhook-endpoints/{id}/deliveries',
    tag: 'Webhook endpoints',
    summary: 'List deliveries',
    description: 'Every request made to the endpoint, newest first.',
    scope: 'webhooks:read',
    query: pageSchema,
    answers: { 200: pageOf(deliveryViewSchema, exampleDelivery, 'A page of deliveries.') },
  },
  {
    id: 'replayWebhookDelivery',
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{id}/replay',
    tag: 'Webhook endpoints',
    summary: 'Send a delivery again',
    scope: 'webhooks:write',
    body: {
      schema: replaySchema,
      examples: { delivery: { value: { deliveryId: exampleIds.delivery } } },
    },
    answers: { 202: sending },
    errors: switchedOff,
  },
  {
    id: 'recoverWebhooks',
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{id}/recover',
    tag: 'Webhook endpoints',
    summary: 'Recover failed webhooks',
    description: 'Tries every webhook to the endpoint again that failed since a time.',
    scope: 'webhooks:write',
    body: {
      schema: sinceSchema,
      examples: { day: { value: { since: '2026-03-01T00:00:00Z' } } },
    },
    answers: {
      202: {
        description: 'How many are tried again.',
        schema: z.object({ count: z.int() }),
        example: { count: 3 },
      },
    },
    errors: switchedOff,
  },
]
