import type { BullBoardRequest } from '@bull-board/api/typings/app'
import { Queue } from 'bullmq'
import { bullBoardHandler } from '@/app/_server/bull-board/handler'
import { nonceHeader } from '@/app/_server/http/security-headers'
import { askForBulk, type BulkRequest, previewBulk } from '@/app/_server/jobs/ask'
import { purposeOf } from '@/app/_server/metrics/overview'
import { config } from '@/lib/config/config'
import { queueNames } from '@/lib/jobs/catalog'
import { queue } from '@/lib/queue/backend'
import { actor } from './actor'
import { frame } from './frame'
import { RecordedQueue } from './recorded-queue'
import { refusing } from './refusal'
import { theme } from './theme'

/** Bull Board over the records of all queues. */
export const board = bullBoardHandler({
  basePath: '/admin/queues',
  queues: () =>
    Promise.all(
      queueNames.map(async (name) => new RecordedQueue(plain(await queue(name)), purposeOf(name))),
    ),
  nonce: (request) => request.headers.get(nonceHeader) ?? undefined,
  frame,
  routes: { 'put /api/queues/:queueName/retry/:queueStatus': retryAll },
  uiConfig: () => ({
    boardTitle: 'Queues',
    boardLogo: { path: '/icon.svg', width: 22, height: 22 },
    favIcon: { default: '/icon.svg', alternative: '/icon.svg' },
    hideDocsLink: true,
    // There is none where queues are in PostgreSQL.
    hideRedisDetails: config().redis === undefined,
    theme,
  }),
})

/** Bull Board's types know queues in Redis only; what it calls is the same on every backend. */
function plain(queue: unknown): Queue {
  if (!(queue instanceof Queue)) throw new Error('Not a queue of BullMQ')
  return queue
}

/** A job retries all of them, and not only those that the queue still keeps an entry of. */
async function retryAll({ params, queues }: BullBoardRequest) {
  const { queueName, queueStatus } = params
  if (!queues.has(queueName))
    return { status: 404 as const, body: { error: 'ERRORS.QUEUE_NOT_FOUND' } }
  if (queueStatus !== 'failed') {
    return { status: 400 as const, body: { error: 'Only failed jobs can be retried.' } }
  }
  const failed: BulkRequest = { action: 'retry', filter: { queue: queueName, status: 'failed' } }
  const { count } = await previewBulk(actor(), failed)
  await refusing(() => askForBulk(actor(), failed, { rehearse: true }))
  return { status: 200 as const, body: { retried: count, skipped: 0 } }
}
