import { z } from 'zod'
import { signUpFrom } from '@/app/_server/auth/sign-up'
import { health, healthSchema } from '@/app/_server/health/checks'
import { clientAddress } from '@/lib/access/client-address'
import { publicUserSchema, publicUserView, signUpInput, signUpRefusal } from '@/lib/auth/users'
import { config } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'
import { object } from '../answers'
import { exampleHealth, exampleUser } from '../examples'
import { operation, Reply, tagged } from '../operation'

const report = (description: string) => ({
  description,
  schema: healthSchema,
  example: exampleHealth,
})

/** What concerns the service as a whole: accounts and health. */
export const serviceOperations = [
  ...tagged('Accounts', {
    signUp: operation('POST', '/api/users', {
      summary: 'Sign up',
      description: 'The welcome mail is queued in the same transaction.',
      scope: 'public',
      body: {
        schema: signUpInput,
        maxBytes: 16_384,
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
      answers: {
        201: object({ user: publicUserSchema }, { user: exampleUser }, 'The new account.'),
      },
      errors: {
        403: 'Sign-up is closed, or takes an invitation.',
        409: 'An account with this address already exists.',
        429: 'Too many accounts from your network; `Retry-After` says when to try again.',
      },
      async handle({ request, body }) {
        if (config().signUp !== 'open') throw new AppError('forbidden', signUpRefusal())
        const user = await signUpFrom(clientAddress(request.headers), await body())
        return { user: publicUserView(user) }
      },
    }),
  }),
  ...tagged('Service', {
    isAlive: operation('GET', '/api/health/live', {
      summary: 'Check that the process answers',
      scope: 'public',
      answers: { 200: object({ status: z.literal('ok') }, { status: 'ok' }, 'It does.') },
      handle: () => ({ status: 'ok' as const }),
    }),
    isReady: operation('GET', '/api/health/ready', {
      summary: 'Check that requests can be served',
      description:
        'One line per dependency. Without PostgreSQL the service is down; without the others it still accepts jobs.',
      scope: 'public',
      answers: {
        200: report('They can; `degraded` when something other than PostgreSQL is away.'),
        503: report('PostgreSQL is away.'),
      },
      async handle() {
        const found = await health()
        return new Reply(found.status === 'down' ? 503 : 200, found)
      },
    }),
  }),
]
