import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type { JobCleanStatus, JobStatus, QueueRateLimit } from '@bull-board/api/typings/app'
import type { Job as Entry, Queue } from 'bullmq'
import { askForBulk, type BulkRequest } from '@/app/_server/jobs/ask'
import { cleanEnded } from '@/app/_server/jobs/queue-entries'
import { pauseQueue, resumeQueue, setConcurrency, setRateLimit } from '@/lib/queue/change-settings'
import { queueSettings } from '@/lib/queue/settings'
import { actor } from './actor'
import { addRecorded } from './add-recorded'
import { recorded } from './recorded-entry'
import { refusing } from './refusal'

/**
 * A queue as Bull Board sees it: what it shows comes from BullMQ, what it does is done to the
 * records, which the queue then follows. Nothing is taken from the queue that its record does not
 * account for.
 */
export class RecordedQueue extends BullMQAdapter {
  readonly #queue: Queue

  constructor(queue: Queue, description: string) {
    super(queue, {
      description,
      allowRetries: true,
      externalJobUrl: ({ id }) => ({ href: `/jobs/${id}`, displayText: 'Record' }),
    })
    this.#queue = queue
  }

  override async getJob(id: string): Promise<Entry | undefined> {
    const entry = await super.getJob(id)
    return entry && recorded(entry)
  }

  override async getJobs(statuses: JobStatus[], start?: number, end?: number): Promise<Entry[]> {
    return (await super.getJobs(statuses, start, end)).map(recorded)
  }

  override addJob(type: string, input: unknown, options: { delay?: number }): Promise<Entry> {
    return refusing(() => addRecorded(this.#queue, type, input, options.delay))
  }

  override async isPaused(): Promise<boolean> {
    return (await queueSettings(this.#queue.name)).pausedAt !== null
  }

  override async pause(): Promise<void> {
    await pauseQueue(actor(), this.#queue.name)
  }

  override async resume(): Promise<void> {
    await resumeQueue(actor(), this.#queue.name)
  }

  override async getGlobalConcurrency(): Promise<number | null> {
    return (await queueSettings(this.#queue.name)).concurrency
  }

  override async setGlobalConcurrency(concurrency: number): Promise<void> {
    const wanted = concurrency > 0 ? concurrency : null
    await refusing(() => setConcurrency(actor(), this.#queue.name, wanted))
  }

  override async getConfiguredRateLimit(): Promise<QueueRateLimit | null> {
    const limit = (await queueSettings(this.#queue.name)).rateLimit
    return limit ? { max: limit.max, duration: limit.durationMs } : null
  }

  override async setConfiguredRateLimit({ max, duration }: QueueRateLimit): Promise<void> {
    const limit = { max, durationMs: duration }
    await refusing(() => setRateLimit(actor(), this.#queue.name, limit))
  }

  override async removeConfiguredRateLimit(): Promise<void> {
    await setRateLimit(actor(), this.#queue.name, null)
  }

  override async promoteAll(): Promise<void> {
    await this.#ask('promote')
  }

  /** Waiting jobs are canceled; those that wait for a time stay. */
  override async empty(): Promise<void> {
    await this.#ask('cancel', { status: 'queued' })
  }

  /** Ended entries leave the queue only: their records are kept until retention removes them. */
  override async clean(status: JobCleanStatus, graceMs: number): Promise<void> {
    const to = new Date(Date.now() - graceMs).toISOString()
    switch (status) {
      case 'completed':
      case 'failed':
        return cleanEnded(actor(), this.#queue.name, status, graceMs)
      case 'active':
        return this.#ask('cancel', { status: 'active' })
      case 'delayed':
        await this.#ask('cancel', { status: 'scheduled', to })
        return this.#ask('cancel', { status: 'retrying', to })
      default:
        return this.#ask('cancel', { status: 'queued', to })
    }
  }

  /** Empties the queue; BullMQ's own way would take its settings and running entries along. */
  override async obliterate({ force = false } = {}): Promise<void> {
    if (!force && (await this.#queue.getActiveCount()) > 0) {
      // Bull Board knows this sentence and explains it.
      throw new Error('Cannot obliterate queue with active jobs')
    }
    await this.#ask('cancel')
    await cleanEnded(actor(), this.#queue.name, 'completed', 0)
    await cleanEnded(actor(), this.#queue.name, 'failed', 0)
  }

  /** Enqueues the job that does something to all jobs of the queue, however many. */
  async #ask(action: BulkRequest['action'], filter: BulkRequest['filter'] = {}): Promise<void> {
    const queue = this.#queue.name
    await refusing(() => askForBulk(actor(), { action, filter: { ...filter, queue } }))
  }
}
