import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import {
  processImage,
  scheduleReport,
  sendBulkEmails,
  sendEmail,
  sendWebhook,
} from '@/lib/services/jobs'
import { recordsOf } from '@/test/support/api-records'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'

ownDatabase()

const mail = { to: 'ann@example.com', template: 'notice' } as const

test('each service makes a job of its type, in the caller’s transaction', async () => {
  process.env.DATA_DIR = await createDataDir()
  const viewer = await createViewer()
  const records = recordsOf(viewer)
  const [fileId, endpointId] = [await records.file(), await records.endpoint()]
  const options = { ownerId: viewer.userId, tags: ['order-1'] }
  const made = await transaction(async (tx) => [
    await sendEmail(tx, mail, options),
    await processImage(tx, { fileId, operations: [{ type: 'resize', width: 80 }] }, options),
    await scheduleReport(tx, { period: 'daily', format: 'csv' }, options),
    await sendWebhook(tx, { endpointId, event: 'order.created', payload: {} }, options),
  ])
  expect(made).toMatchObject(
    ['email', 'image', 'report', 'webhook'].map((type) => ({
      created: true,
      job: { type, ...options },
    })),
  )
})

test('nothing is sent when the transaction fails', async () => {
  const { userId: ownerId } = await createViewer()
  const failing = transaction(async (tx) => {
    await sendEmail(tx, mail, { ownerId })
    throw new Error('The order could not be written')
  })
  await expect(failing).rejects.toThrow('order')
  expect(await prisma().job.count({ where: { ownerId } })).toBe(0)
})

test('mails of a list start 100 ms apart, unless told otherwise', async () => {
  const { userId: ownerId } = await createViewer()
  const mails = [{ input: mail }, { input: mail }, { input: mail }]
  const starts = async (options: { staggerMs?: number }) => {
    const { batchId } = await transaction((tx) =>
      sendBulkEmails(tx, mails, { ownerId, ...options }),
    )
    const jobs = await prisma().job.findMany({ where: { batchId }, orderBy: { runAt: 'asc' } })
    return jobs.map(({ runAt, createdAt }) => runAt.getTime() - createdAt.getTime())
  }
  expect(await starts({})).toEqual([0, 100, 200])
  expect(await starts({ staggerMs: 5 })).toEqual([0, 5, 10])
})

test('an input that cannot work is refused by name', async () => {
  const { userId: ownerId } = await createViewer()
  const other = recordsOf(await createViewer())
  const fileId = await other.file()
  const job = transaction((tx) => processImage(tx, { fileId, operations: [] }, { ownerId }))
  await expect(job).rejects.toMatchObject({ details: { issues: [{ path: 'input.fileId' }] } })
})
