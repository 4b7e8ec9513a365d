import { z } from 'zod'
import { publicUserSchema, signUpInput } from '@/lib/auth/users'
import { healthSchema } from '@/lib/health/checks'
import { one } from '@/lib/openapi/answers'
import { exampleHealth, exampleUser } from '@/lib/openapi/examples'
import type { Operation } from '@/lib/openapi/operation'

const health = { schema: healthSchema, example: exampleHealth }

/** What concerns the service as a whole: accounts, health, the live stream and this document. */
export const serviceOperations: Operation[] = [
  {
    id: 'followJobs',
    method: 'GET',
    path: '/api/v1/live',
    tag: 'Live',
    summary: 'Follow all your jobs',
    description:
      'Server-sent events: `job` at each change, `gone` for one that was deleted, and `gap` when some were missed: then read the list anew.',
    scope: 'jobs:read',
    query: z.object({
      scope: z.enum(['all']).optional().meta({ description: 'Everybody’s jobs; admins only.' }),
    }),
    answers: {
      200: {
        description: 'The stream, until it is closed.',
        contentType: 'text/event-stream',
        schema: z.string(),
        example: 'event: job\ndata: {"status":"active"}\n\n',
      },
    },
  },
  {
    id: 'signUp',
    method: 'POST',
    path: '/api/users',
    tag: 'Accounts',
    summary: 'Sign up',
    description: 'The welcome mail is queued in the same transaction.',
    scope: 'public',
    body: {
      schema: signUpInput,
      examples: {
        ann: {
          value: {
            email: 'ann@example.com',
            password: 'a long and private phrase',
            name: 'Ann',
          },
        },
      },
    },
    answers: { 201: one('user', publicUserSchema, exampleUser, 'The account exists.') },
    errors: {
      403: 'Signing up takes an invitation, or is closed.',
      409: 'There is an account with this address.',
      429: 'Too many accounts from this address; `Retry-After` says when to go on.',
    },
  },
  {
    id: 'isAlive',
    method: 'GET',
    path: '/api/health/live',
    tag: 'Service',
    summary: 'Does the process answer?',
    scope: 'public',
    answers: {
      200: {
        description: 'It does.',
        schema: z.object({ status: z.literal('ok') }),
        example: { status: 'ok' },
      },
    },
  },
  {
    id: 'isReady',
    method: 'GET',
    path: '/api/health/ready',
    tag: 'Service',
    summary: 'Can requests be served?',
    description:
      'A line per dependency. Without PostgreSQL the service is down; without the others it still takes jobs.',
    scope: 'public',
    answers: {
      200: { description: 'Yes; `degraded` when something but PostgreSQL is away.', ...health },
      503: { description: 'PostgreSQL is away.', ...health },
    },
  },
  {
    id: 'getOpenApi',
    method: 'GET',
    path: '/api/v1/openapi.json',
    tag: 'Service',
    summary: 'This document',
    scope: 'public',
    answers: {
      200: {
        description: 'OpenAPI 3.1.',
        schema: z.record(z.string(), z.unknown()),
        example: { openapi: '3.1.0' },
      },
    },
  },
]
