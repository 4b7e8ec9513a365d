import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { checkMailList, sendMailList } from '@/app/_server/mail-list/send'
import { GET, POST } from '@/app/api/unsubscribe/route'
import type { Viewer } from '@/lib/access/viewer'
import { requestPasswordReset } from '@/lib/auth/password-reset'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { NOTIFICATION_TAG } from '@/lib/notifications/notice'
import { addSuppressions, listSuppressions, removeSuppression } from '@/lib/suppressions/list'
import { readUnsubscribeToken, unsubscribeToken } from '@/lib/suppressions/unsubscribe'
import { jobContext } from '@/test/support/job-context'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { email } from '@/workers/handlers/email'
import { closeSmtp } from '@/workers/handlers/email/smtp'

const environment: Record<string, string> = {
  APP_URL: 'https://jobs.example.com',
  MAIL_FROM: 'jobs@example.com',
}
ownDatabase(environment)

let server: MailServer
let ann: Viewer
let bob: Viewer

beforeAll(async () => {
  server = await startMailServer()
  process.env.SMTP_URL = server.url
  ann = await createViewer()
  bob = await createViewer()
})
afterEach(async () => {
  server.received.length = 0
  await prisma().suppression.deleteMany()
})
afterAll(async () => {
  closeSmtp()
  await server.close()
})

async function send(owner: Viewer, asked: { to: string; template?: string }, tags: string[] = []) {
  const input = catalog.email.input.parse({ template: 'notice', ...asked })
  const jobId = await createJobRecord(owner.userId, 'email', { to: input.to })
  await prisma().job.update({ where: { id: jobId }, data: { tags } })
  return email(jobContext<'email'>(input, { ownerId: owner.userId, jobId }))
}

const add = (owner: Viewer, emails: string, reason = 'BOUNCE') =>
  addSuppressions(owner, { emails, reason })

describe('the suppression list', () => {
  test('takes many addresses at once, each once, in lower case, and pages through them', async () => {
    expect(await add(ann, 'C@example.com, a@example.com\nb@example.com;A@example.com')).toBe(3)
    await add(ann, 'a@example.com', 'MANUAL')
    const first = await listSuppressions(ann, { limit: 2 })
    expect(first.data.map(({ email: address, reason }) => [address, reason])).toEqual([
      ['a@example.com', 'MANUAL'],
      ['b@example.com', 'BOUNCE'],
    ])
    const second = await listSuppressions(ann, { limit: 2, after: first.nextCursor ?? '' })
    expect(second).toMatchObject({ data: [{ email: 'c@example.com' }], nextCursor: null })
    expect((await listSuppressions(ann, { limit: 9, from: 'B' })).data).toHaveLength(2)
    expect((await listSuppressions(bob, { limit: 9 })).data).toEqual([])
  })

  test('names what is no address, and adds nothing then', async () => {
    await expect(add(ann, 'a@example.com nonsense')).rejects.toMatchObject({
      details: { issues: [{ path: 'emails', message: 'No address: nonsense' }] },
    })
    await expect(add(ann, ' ')).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(add(ann, 'a@example.com', 'WHIM')).rejects.toMatchObject({ code: 'invalid_input' })
    expect((await listSuppressions(ann, { limit: 9 })).data).toEqual([])
  })

  test('cannot be changed by others', async () => {
    await add(ann, 'a@example.com')
    await expect(removeSuppression(bob, 'a@example.com')).rejects.toMatchObject({
      code: 'not_found',
    })
    await removeSuppression(ann, 'A@example.com')
    expect((await listSuppressions(ann, { limit: 9 })).data).toEqual([])
  })
})

describe('mail to a suppressed address', () => {
  test('is not sent: the job fails for good and says why', async () => {
    await add(ann, 'eve@example.com')
    await expect(send(ann, { to: 'Eve@example.com' })).rejects.toMatchObject({
      code: 'suppressed',
      options: { retryable: false },
      message: expect.stringContaining('eve@example.com is on your suppression list'),
    })
    expect(server.received).toEqual([])
  })

  test('is sent for another owner', async () => {
    await add(ann, 'eve@example.com')
    await send(bob, { to: 'eve@example.com' })
    expect(server.received).toHaveLength(1)
  })

  test('is not sent in the guise of mail about accounts, which goes out with its own link alone [S14]', async () => {
    const own = `${ann.userId}@example.com`
    await add(ann, `${own} eve@example.com`)
    for (const template of ['password-reset', 'invitation']) {
      const asked = { to: 'eve@example.com', template }
      await expect(send(ann, asked)).rejects.toMatchObject({ code: 'suppressed' })
    }
    await requestPasswordReset(own, '192.0.2.1')
    const job = await prisma().job.findFirstOrThrow({
      where: { ownerId: ann.userId, input: { path: ['template'], equals: 'password-reset' } },
    })
    const input = catalog.email.input.parse(job.input)
    await email(jobContext<'email'>(input, { ownerId: ann.userId, jobId: job.id }))
    expect(server.received.map(({ to }) => to)).toEqual([[own]])
  })

  test('is sent when it tells its owner about their own jobs; the tag helps no other mail', async () => {
    const own = `${ann.userId}@example.com`
    await add(ann, `${own} eve@example.com`)
    await send(ann, { to: own }, [NOTIFICATION_TAG])
    for (const [asked, tags] of [
      [{ to: own }, []],
      [{ to: own, template: 'weekly-digest' }, [NOTIFICATION_TAG]],
    ] as const) {
      await expect(send(ann, asked, [...tags])).rejects.toMatchObject({ code: 'suppressed' })
    }
    await expect(send(ann, { to: 'eve@example.com' }, [NOTIFICATION_TAG])).rejects.toMatchObject({
      code: 'suppressed',
    })
    expect(server.received.map(({ to }) => to)).toEqual([[own]])
  })
})

describe('unsubscribing from a digest', () => {
  const post = (url: string) =>
    POST(
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      }),
      { params: Promise.resolve({}) },
    )

  test('takes one POST to the address in its header, after which no more mail comes', async () => {
    await send(ann, { to: 'eve@example.com', template: 'weekly-digest' })
    const [mail] = server.received
    expect(mail?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m)
    const url =
      /^List-Unsubscribe: <(https:\/\/jobs\.example\.com\/api\/unsubscribe\?token=\S+)>\r?$/m
        .exec(mail?.raw ?? '')
        ?.at(1)
    expect(url).toBeDefined()
    expect(mail?.parsed.html).toContain('>Unsubscribe</a>')
    expect((await post(url ?? '')).status).toBe(204)
    expect((await post(url ?? '')).status).toBe(204)
    expect((await listSuppressions(ann, { limit: 9 })).data).toMatchObject([
      { email: 'eve@example.com', reason: 'OPT_OUT' },
    ])
    await expect(
      send(ann, { to: 'eve@example.com', template: 'weekly-digest' }),
    ).rejects.toMatchObject({ code: 'suppressed' })
  })

  test('by opening the address only leads to a page that asks', async () => {
    const token = unsubscribeToken({ ownerId: ann.userId, email: 'eve@example.com' })
    const request = new Request(`http://localhost/api/unsubscribe?token=${token}`)
    const answer = await GET(request, { params: Promise.resolve({}) })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(
      `https://jobs.example.com/unsubscribe?token=${token}`,
    )
    expect((await listSuppressions(ann, { limit: 9 })).data).toEqual([])
  })

  test('needs a token that was signed here, for exactly this address', async () => {
    const token = unsubscribeToken({ ownerId: ann.userId, email: 'eve@example.com' })
    const [, signature] = token.split('.')
    const other = Buffer.from(JSON.stringify({ ownerId: ann.userId, email: 'x@example.com' }))
    const forged = `${other.toString('base64url')}.${signature}`
    for (const bad of ['', 'a.b', forged, `${token}x`, token.slice(0, -2)]) {
      expect((await post(`http://localhost/api/unsubscribe?token=${bad}`)).status, bad).toBe(404)
    }
    expect(readUnsubscribeToken(token)).toEqual({ ownerId: ann.userId, email: 'eve@example.com' })
  })

  test('is offered in digests only', async () => {
    await send(ann, { to: 'eve@example.com' })
    expect(server.received[0]?.raw).not.toContain('List-Unsubscribe')
  })
})

describe('mailing a list', () => {
  const list = [
    'email,title',
    'a@example.com,One',
    'broken',
    'sup@example.com,Two',
    'b@example.com,Three',
    'a@example.com,Four',
  ].join('\n')
  const asked = { list, template: 'notice' as const }

  test('shows who is left out before anything is sent, and why', async () => {
    await add(ann, 'sup@example.com', 'OPT_OUT')
    const checked = await checkMailList(ann, asked)
    expect(checked.recipients.map(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
    expect(checked.problems).toMatchObject([{ line: 3 }])
    expect(checked.duplicates).toMatchObject([{ line: 6 }])
    expect(checked.suppressed).toEqual([
      { line: 4, email: 'sup@example.com', message: 'On your suppression list: opted out' },
    ])
    expect(await prisma().job.count({ where: { batchId: { not: null } } })).toBe(0)
  })

  test('is refused while a row is bad, unless bad rows are to be left out', async () => {
    await add(ann, 'sup@example.com')
    await expect(sendMailList(ann, asked)).rejects.toMatchObject({
      details: { issues: [{ path: 'list', message: '1 row cannot be mailed. Nothing was sent.' }] },
    })
    const batchId = await sendMailList(ann, { ...asked, leaveOutBad: true, subject: 'Hello' })
    const jobs = await prisma().job.findMany({ where: { batchId }, orderBy: { id: 'asc' } })
    expect(jobs.map(({ input }) => input)).toMatchObject([
      { to: 'a@example.com', subject: 'Hello', variables: { title: 'One' } },
      { to: 'b@example.com', subject: 'Hello', variables: { title: 'Three' } },
    ])
    const [first, second] = jobs.map(({ runAt }) => runAt.getTime())
    expect(Number(second) - Number(first)).toBe(100)
    expect(await prisma().batch.findUniqueOrThrow({ where: { id: batchId } })).toMatchObject({
      title: 'Notice mail to 2 people',
      total: 2,
    })
  })

  test('makes one batch of 10,000 mails', async () => {
    const people = Array.from({ length: 10_000 }, (_, index) => `p${index}@example.com,T${index}`)
    const batchId = await sendMailList(ann, {
      ...asked,
      list: `email,title\n${people.join('\n')}`,
    })
    expect(await prisma().job.count({ where: { batchId } })).toBe(10_000)
  })

  test('never mails a list about passwords', async () => {
    await expect(sendMailList(ann, { ...asked, template: 'password-reset' })).rejects.toMatchObject(
      { details: { issues: [{ path: 'template' }] } },
    )
  })
})
