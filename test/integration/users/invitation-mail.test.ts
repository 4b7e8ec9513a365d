import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Viewer } from '@/lib/access/viewer'
import { acceptInvitation, createInvitation, revokeInvitation } from '@/lib/auth/invitations'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { queue } from '@/lib/queue/backend'
import { jobContext } from '@/test/support/job-context'
import { tablesWith } from '@/test/support/marked-person'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { email } from '@/workers/handlers/email'
import { closeSmtp } from '@/workers/handlers/email/smtp'

ownDatabase()

let server: MailServer
let admin: Viewer
let count = 0
let to: string

beforeAll(async () => {
  server = await startMailServer()
  Object.assign(process.env, { SMTP_URL: server.url, APP_URL: 'https://jobs.example.com' })
  admin = await createViewer('ADMIN')
})
afterAll(async () => {
  closeSmtp()
  await server.close()
})
beforeEach(() => {
  count += 1
  to = `guest${count}@example.com`
  server.received.length = 0
})

async function mailJob() {
  return prisma().job.findFirstOrThrow({ where: { title: { contains: to } } })
}

/** Runs the mail's job as the worker would, for anybody who may have written it. */
async function send(input: unknown, jobId: string) {
  const parsed = catalog.email.input.parse(input)
  return email(jobContext<'email'>(parsed, { jobId, ownerId: admin.userId }))
}

const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''

test('the link is in the mail and in the answer, and in no table and no queue', async () => {
  const { url, mailed } = await createInvitation(admin, { email: to, role: 'USER' })
  expect(mailed).toBe(true)
  const job = await mailJob()
  expect(job).toMatchObject({ ownerId: admin.userId, input: { to, template: 'invitation' } })
  await send(job.input, job.id)
  await vi.waitFor(async () => {
    expect(await (await queue('email')).getJob(job.id)).toBeDefined()
  })
  const [mail] = server.received
  expect(mail?.to).toEqual([to])
  expect(mail?.parsed.subject).toBe('You are invited to Millrace')
  expect(mail?.parsed.text).toContain(url)
  expect(await tablesWith(tokenOf(url))).toEqual([])
  await acceptInvitation({ token: tokenOf(url), name: 'Guest', password: 'tall purple wheel' })
  const user = await prisma().user.findUniqueOrThrow({ where: { email: to } })
  expect(user.role).toBe('USER')
})

test('is not sent once the invitation is revoked, replaced or accepted', async () => {
  const { id } = await createInvitation(admin, { email: to, role: 'USER' })
  const job = await mailJob()
  await revokeInvitation(admin, id)
  await expect(send(job.input, job.id)).rejects.toMatchObject({ code: 'invitation_over' })
  expect(server.received).toEqual([])
})

test('takes nobody’s link to another address', async () => {
  const { id } = await createInvitation(admin, { email: to, role: 'ADMIN' })
  const stolen = {
    to: 'thief@example.com',
    template: 'invitation',
    variables: { invitationId: id },
  }
  await expect(send(stolen, (await mailJob()).id)).rejects.toMatchObject({
    code: 'invitation_over',
  })
  expect(server.received).toEqual([])
})
