import { createReadStream } from 'node:fs'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { storeUpload } from '@/app/_server/files/upload'
import { submitBatch } from '@/app/_server/jobs/submit-batch'
import { createSchedule } from '@/app/_server/schedules/schedules'
import { createEndpoint } from '@/app/_server/webhooks/endpoints'
import type { Viewer } from '@/lib/access/viewer'
import type { JobStatus } from '@/lib/db/generated/enums'
import { prisma } from '@/lib/db/prisma'
import { createJobRecord } from './owner'

/** A photograph that comes with the program. */
export const picture = path.resolve(import.meta.dirname, '../../public/samples/river-mill.jpg')
const mail = { to: 'ann@example.com', template: 'welcome' } as const

/** Makes one person's records of each kind, for calls that need one. */
export function recordsOf({ userId, role }: Viewer) {
  const viewer: Viewer = { userId, role }
  const endpoint = async () => {
    const { endpoint: made } = await createEndpoint(viewer, { url: 'https://shop.example.com/' })
    return made.id
  }
  return {
    /** A job that no worker takes; its id. */
    job: (status: JobStatus) => createJobRecord(userId, 'email', { ...mail }, status),
    file: async () => {
      const name = 'river-mill.jpg'
      const { id } = await storeUpload(viewer, { name, stream: createReadStream(picture) })
      return id
    },
    batch: async () => {
      const { batchId } = await submitBatch(viewer, { type: 'email', items: [{ input: mail }] })
      return batchId
    },
    schedule: async () => {
      const timing = { cron: '0 9 * * 1', timezone: 'UTC' }
      const made = await createSchedule(viewer, {
        name: 'x',
        type: 'email',
        input: mail,
        ...timing,
      })
      return made.id
    },
    endpoint,
    /** A mail in the outbox. */
    mail: async () => {
      const id = uuidv7()
      const jobId = await createJobRecord(userId, 'email', { ...mail }, 'COMPLETED')
      const content = { messageId: '<1@example.com>', html: '<p>Hello</p>', text: 'Hello' }
      const head = { from: 'millrace@example.com', to: mail.to, subject: 'Hello' }
      await prisma().mail.create({ data: { id, ownerId: userId, jobId, ...head, ...content } })
      return id
    },
    /** A delivery to an endpoint, with the failed job that made it. */
    delivery: async () => {
      const endpointId = await endpoint()
      const event = 'order.created'
      const input = { endpointId, event, payload: {} }
      const jobId = await createJobRecord(userId, 'webhook', input, 'FAILED')
      const url = 'https://shop.example.com/'
      const id = uuidv7()
      await prisma().webhookDelivery.create({
        data: {
          id,
          endpointId,
          jobId,
          attempt: 1,
          url,
          event,
          trigger: 'AUTOMATIC',
          durationMs: 1,
        },
      })
      return { id, endpointId, jobId }
    },
  }
}
