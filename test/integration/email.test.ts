import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkMail } from '@/app/_server/mail-list/check'
import type { Viewer } from '@/lib/access/viewer'
import { closePool } from '@/lib/db/pool'
import { catalog } from '@/lib/jobs/catalog'
import { JobError } from '@/lib/jobs/job-error'
import { jobContext } from '@/test/support/job-context'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createDatabase } from '@/test/support/postgres'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { email } from '@/workers/handlers/email'
import { closeSmtp } from '@/workers/handlers/email/smtp'

let server: MailServer
let drop: () => Promise<void>
let ann: Viewer

beforeAll(async () => {
  const database = await createDatabase()
  server = await startMailServer()
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    SMTP_URL: server.url,
    APP_URL: 'https://jobs.example.com/',
    MAIL_FROM: 'Millrace <jobs@example.com>',
  })
  drop = database.drop
  ann = await createViewer()
})
afterEach(() => {
  server.refusal = undefined
  server.silent = false
  server.received.length = 0
})
afterAll(async () => {
  closeSmtp()
  await server.close()
  await closePool()
  await drop()
})

async function send(asked: object, given: { jobId?: string; signal?: AbortSignal } = {}) {
  const input = catalog.email.input.parse({
    to: 'bob@example.com',
    template: 'notice',
    ...asked,
  })
  const jobId = given.jobId ?? (await createJobRecord(ann.userId, 'email', { to: input.to }))
  const context = jobContext<'email'>(input, { ownerId: ann.userId, ...given, jobId })
  return { jobId, context, result: await email(context) }
}

describe('an email job with an SMTP server', () => {
  it('hands over one mail with stable headers, HTML and plain text', async () => {
    const { jobId, result, context } = await send({
      subject: 'Ça va?',
      variables: { title: 'News', body: 'Hello <b>Bob</b>\nand all', actionUrl: 'javascript:x' },
    })
    const messageId = `<${jobId}@jobs.example.com>`
    expect(result).toEqual({ messageId, delivery: 'smtp' })
    const [mail] = server.received
    expect(server.received).toHaveLength(1)
    expect(mail?.from).toBe('jobs@example.com')
    expect(mail?.to).toEqual(['bob@example.com'])
    expect(mail?.parsed.subject).toBe('Ça va?')
    expect(mail?.parsed.messageId).toBe(messageId)
    expect(mail?.parsed.headers.get('x-millrace-job')).toBe(jobId)
    expect(mail?.parsed.text).toContain('Hello <b>Bob</b>\nand all')
    expect(mail?.parsed.html).toContain('Hello &lt;b&gt;Bob&lt;/b&gt;<br/>and all')
    expect(mail?.parsed.html).not.toContain('javascript:')
    expect(context.lines).toEqual([expect.stringMatching(/^Handed to 127\.0\.0\.1: 250 /)])
  })

  it('carries the same Message-ID at every attempt', async () => {
    const first = await send({})
    await send({}, { jobId: first.jobId })
    const ids = server.received.map(({ parsed }) => parsed.messageId)
    expect(new Set(ids)).toEqual(new Set([first.result.messageId]))
  })

  it.each([
    ['recipient', 550, false],
    ['recipient', 450, true],
    ['data', 554, false],
    ['data', 451, true],
    ['data', 421, true],
  ] as const)('at a refusal of the %s with %i, retryable is %s', async (at, code, retryable) => {
    server.refusal = { at, code, message: 'Mailbox of Bob' }
    const error = await send({}).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'JobError', code: `smtp_${code}` })
    expect(error).toHaveProperty('message', expect.stringContaining(`${code} Mailbox of Bob`))
    expect(error instanceof JobError && error.options.retryable !== false).toBe(retryable)
    expect(server.received).toEqual([])
  })

  it('stops at once when told to', async () => {
    server.silent = true
    const stop = new AbortController()
    setTimeout(() => stop.abort('canceled'), 200)
    const started = Date.now()
    await expect(send({}, { signal: stop.signal })).rejects.toBe('canceled')
    expect(Date.now() - started).toBeLessThan(2_000)
  })

  it('is healthy, and sends again after a mail that was stopped', async () => {
    await expect(checkMail()).resolves.toBeUndefined()
    await send({})
    expect(server.received).toHaveLength(1)
  })
})
