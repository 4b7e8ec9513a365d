import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { attemptsOf, reaches, submit } from '@/test/support/engine'
import { type Receiver, startReceiver } from '@/test/support/receiver'
import { impatientWebhook } from '@/test/support/webhooks'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'

const admin = { userId: '00000000-0000-7000-8000-000000000000', role: 'ADMIN' } as const

/** All of them run at once, and each would be sent again soon. */
const JOBS = 60
const webhook = { ...impatientWebhook, backoff: { type: 'fixed', delayMs: 200 } } as const

/** What an accepted cancel means, on whatever carries the queues. */
export function describeCancels(): void {
  process.env.WEBHOOK_ALLOW_CIDRS = '127.0.0.0/8'
  process.env.WORKER_CONCURRENCY_WEBHOOKS = String(JOBS)

  describe('a cancel', () => {
    let worker: Awaited<ReturnType<typeof startWorker>>
    let receiver: Receiver
    beforeAll(async () => {
      receiver = await startReceiver()
      worker = await startWorker({ jobs: catalogJobs(handlers), version: 'test' })
    })
    afterAll(async () => {
      await worker?.stop(1_000)
      await receiver?.close()
    })

    test('that is accepted while attempts fail is the end: no further one begins [R5]', async () => {
      const accepted = new Map<string, Promise<Date>>()
      const cancelSoon = async (id: string) => {
        await pause(Math.random() * 30)
        await cancelJob(admin, id)
        return new Date()
      }
      receiver.behaviour = {
        status: 500,
        body: ({ headers }) => {
          const id = headers['webhook-id'] ?? ''
          if (!accepted.has(id)) accepted.set(id, cancelSoon(id))
          return ''
        },
      }
      const input = { url: receiver.url, event: 'test.event', payload: {} }
      const jobs = await Promise.all(Array.from({ length: JOBS }, () => submit(webhook, input)))
      for (const { id } of jobs) {
        await reaches(id, 'CANCELED', 30_000)
        const attempts = await attemptsOf(id)
        const acceptedAt = await accepted.get(id)
        for (const { startedAt } of attempts) expect(startedAt <= (acceptedAt ?? 0)).toBe(true)
        const requests = receiver.received.filter(({ headers }) => headers['webhook-id'] === id)
        expect(requests.length).toBeLessThanOrEqual(attempts.length)
      }
    }, 60_000)
  })
}
