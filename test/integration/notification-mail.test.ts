import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotifications } from '@/app/_server/notifications/read'
import { prisma } from '@/lib/db/prisma'
import { createUser, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe, probeJobs } from '@/test/support/probe'
import { type MailServer, startMailServer } from '@/test/support/smtp'
import { handlers } from '@/workers/handlers'
import { closeSmtp } from '@/workers/handlers/email/smtp'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'
import { followEndings } from '@/workers/supervisor/endings'
import { notify } from '@/workers/supervisor/notifier'

ownDatabase()

let server: MailServer
let worker: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  server = await startMailServer()
  process.env.SMTP_URL = server.url
  worker = await startWorker({ jobs: [...catalogJobs(handlers), ...probeJobs], version: 'test' })
})
afterAll(async () => {
  await worker.stop(1_000)
  closeSmtp()
  await server.close()
})

/** A job of somebody who wishes to hear by mail fails; the mail that says so, once it has ended. */
async function failAndTell() {
  const ownerId = await createUser()
  await prisma().user.update({ where: { id: ownerId }, data: { notifyByMail: true } })
  const { id } = await submit(probe, { failures: 9, permanent: true }, { ownerId })
  await reaches(id, 'FAILED')
  await followEndings()
  await notify()
  const mail = await prisma().job.findFirstOrThrow({ where: { ownerId, type: 'email' } })
  await reaches(mail.id, ['COMPLETED', 'FAILED'])
  return { ownerId, id }
}

test('a failure is mailed to its owner, with a link to the job', async () => {
  const { ownerId, id } = await failAndTell()
  expect(server.received).toMatchObject([
    { to: [`${ownerId}@example.com`], parsed: { subject: 'Probe failed' } },
  ])
  expect(server.received[0]?.parsed.html).toContain(`/jobs/${id}"`)
})

test('a notification’s mail that fails for good tells nobody about itself', async () => {
  server.refusal = { at: 'recipient', code: 550, message: 'No such mailbox' }
  const { ownerId } = await failAndTell()
  await followEndings()
  await notify()
  await notify()
  const viewer = { userId: ownerId, role: 'USER' } as const
  const { data } = await listNotifications(viewer, { limit: 10 })
  expect(data).toMatchObject([{ kind: 'JOB_FAILED', title: 'Probe failed' }])
  const mails = await prisma().job.findMany({ where: { ownerId, type: 'email' } })
  expect(mails).toMatchObject([{ status: 'FAILED', error: { code: 'smtp_550' } }])
})
