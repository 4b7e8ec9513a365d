import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkMail } from '@/app/_server/mail-list/check'
import { catalog } from '@/lib/jobs/catalog'
import { jobContext } from '@/test/support/job-context'
import { email } from '@/workers/handlers/email'
import { closeSmtp } from '@/workers/handlers/email/smtp'

let server: Server

/** Takes connections and drops them without a greeting. */
beforeAll(async () => {
  server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  process.env.SMTP_URL = `smtp://ann:a-secret-password@127.0.0.1:${port}`
})
afterAll(() => {
  closeSmtp()
  server.close()
})

it('is another attempt’s to try, and tells no secret', async () => {
  const input = catalog.email.input.parse({ to: 'bob@example.com', template: 'notice' })
  const error = await email(
    jobContext<'email'>(input, { jobId: crypto.randomUUID(), ownerId: null }),
  ).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ name: 'JobError', code: 'smtp_unreachable' })
  expect(error).not.toHaveProperty('options.retryable')
  expect(String(error)).not.toContain('a-secret-password')
  await expect(checkMail()).rejects.toThrow('127.0.0.1 closed the connection.')
})
