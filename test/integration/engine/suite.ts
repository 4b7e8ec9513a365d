import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { listLogs } from '@/lib/jobs/read'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { closeQueues, queue } from '@/lib/queue/backend'
import {
  attemptsOf,
  createUser,
  forkWorker,
  handlerFiles,
  kill,
  reaches,
  submit,
} from '@/test/support/engine'
import { hastyProbe, probe, probeJobs, singleProbe } from '@/test/support/probe'
import { repairsOf } from '@/test/support/repairs'
import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'
import { describeCancels } from './cancels'
import { describeLostDelivery } from './lost-delivery'

const admin = { userId: '00000000-0000-7000-8000-000000000000', role: 'ADMIN' } as const

/** What the engine promises, on whatever carries the queues. */
export function describeEngine(setUp: () => Promise<() => Promise<void>>): void {
  let tearDown: () => Promise<void>
  beforeAll(async () => {
    tearDown = await setUp()
  })
  afterAll(async () => {
    await closeQueues()
    await closePool()
    await tearDown()
  })

  describeCancels()
  describeLostDelivery()

  describe('with a worker', () => {
    let worker: Awaited<ReturnType<typeof startWorker>>
    let supervisor: ReturnType<typeof startSupervisor>
    beforeAll(async () => {
      worker = await startWorker({ jobs: probeJobs, version: 'test' })
      supervisor = startSupervisor(['probe'])
    })
    afterAll(async () => {
      await worker.stop(1_000)
      await supervisor.stop()
    })

    test('a job runs and its result is in its record', async () => {
      const { id } = await submit(probe, { answer: { text: 'Grüße ✓' } })
      const job = await reaches(id, 'COMPLETED')
      expect(job).toMatchObject({
        attempt: 1,
        error: null,
        result: { answer: { text: 'Grüße ✓' } },
      })
      expect(job.startedAt?.getTime()).toBeLessThanOrEqual(job.finishedAt?.getTime() ?? 0)
      expect(await attemptsOf(id)).toMatchObject([
        { number: 1, reason: 'FIRST', outcome: 'COMPLETED' },
      ])
    })

    test('a job of a transaction that is rolled back never exists', async () => {
      let id = ''
      const rolledBack = transaction(async (tx) => {
        const { job } = await enqueue(tx, probe, {}, { ownerId: null })
        id = job.id
        throw new Error('changed my mind')
      })
      await expect(rolledBack).rejects.toThrow('changed my mind')
      expect(await prisma().job.findUnique({ where: { id } })).toBeNull()
      expect(await (await queue('probe')).getJob(id)).toBeUndefined()
    })

    test('a job of a transaction that somebody else opened is handed over by the relay', async () => {
      const { job } = await prisma().$transaction((tx) => enqueue(tx, probe, {}, { ownerId: null }))
      await reaches(job.id, 'COMPLETED')
    })

    test('a failing job is tried again after its back-off, until it succeeds', async () => {
      const { id } = await submit(probe, { failures: 2 })
      const job = await reaches(id, 'COMPLETED')
      expect(job.attempt).toBe(3)
      const attempts = await attemptsOf(id)
      expect(attempts.map(({ outcome, reason }) => [outcome, reason])).toEqual([
        ['FAILED', 'FIRST'],
        ['FAILED', 'BACKOFF'],
        ['COMPLETED', 'BACKOFF'],
      ])
      expect(attempts[0]?.error).toMatchObject({ code: 'flaky', message: 'It failed this time.' })
      const [first, second] = attempts
      const waited = (second?.startedAt.getTime() ?? 0) - (first?.finishedAt?.getTime() ?? 0)
      expect(waited).toBeGreaterThanOrEqual(50)
    })

    test('a job whose attempts are spent has failed, with its last error', async () => {
      const { id } = await submit(probe, { failures: 9 })
      const job = await reaches(id, 'FAILED')
      expect(job).toMatchObject({ attempt: 3, maxAttempts: 3, error: { code: 'flaky' } })
    })

    test('an error that no retry can mend fails the job at its first attempt', async () => {
      const { id } = await submit(probe, { failures: 1, permanent: true })
      const job = await reaches(id, 'FAILED')
      expect(job).toMatchObject({ attempt: 1, error: { code: 'broken' } })
    })

    test('a failure that names its own waiting time is not tried sooner', async () => {
      const { id } = await submit(probe, { failures: 1, retryAfterMs: 600 })
      await reaches(id, 'COMPLETED')
      const [first, second] = await attemptsOf(id)
      const waited = (second?.startedAt.getTime() ?? 0) - (first?.finishedAt?.getTime() ?? 0)
      expect(waited).toBeGreaterThanOrEqual(600)
    })

    test('an attempt that takes too long is stopped, and tried again', async () => {
      const files = await handlerFiles()
      const { id } = await submit(hastyProbe, { gate: files.gate })
      const job = await reaches(id, 'FAILED')
      expect(job.error).toMatchObject({ code: 'timeout' })
      const outcomes = (await attemptsOf(id)).map(({ outcome }) => outcome)
      expect(outcomes).toEqual(['TIMED_OUT', 'TIMED_OUT', 'TIMED_OUT'])
    })

    test('a handler that ignores its time limit is left behind, and its late result is not recorded', async () => {
      const files = await handlerFiles()
      const { id } = await submit(hastyProbe, {
        gate: files.gate,
        stubborn: true,
        effects: files.effects,
      })
      await files.ran(2)
      await files.openGate()
      const job = await reaches(id, 'COMPLETED')
      expect(job.attempt).toBe(2)
      expect((await attemptsOf(id)).map(({ outcome }) => outcome)).toEqual([
        'TIMED_OUT',
        'COMPLETED',
      ])
    })

    test('progress and log lines show while the job runs', async () => {
      const files = await handlerFiles()
      const { id } = await submit(probe, { gate: files.gate, progress: [10, 42.5] })
      await expect
        .poll(async () => (await reaches(id, 'ACTIVE')).progress, { timeout: 10_000 })
        .toEqual({ percent: 42.5, message: 'At 42.5' })
      const { data } = await listLogs(admin, id, { limit: 10 })
      expect(data.map(({ message }) => message)).toEqual(['Attempt 1 started'])
      await files.openGate()
      await reaches(id, 'COMPLETED')
    })

    test('a running job stops when it is canceled', async () => {
      const files = await handlerFiles()
      const { id } = await submit(probe, { gate: files.gate })
      await reaches(id, 'ACTIVE')
      await cancelJob(admin, id)
      const job = await reaches(id, 'CANCELED')
      expect(job.finishedAt).not.toBeNull()
      expect(await attemptsOf(id)).toMatchObject([{ outcome: 'CANCELED' }])
    })

    test('a job that waits for its time is canceled without running', async () => {
      const { id } = await submit(probe, {}, { delayMs: 60_000 })
      expect(await cancelJob(admin, id)).toMatchObject({ cancel: 'canceled' })
      await expect
        .poll(async () => (await queue('probe')).getJobState(id), { timeout: 15_000 })
        .toBe('unknown')
    })

    test('an ended job cannot be canceled, and a completed one not be retried', async () => {
      const { id } = await submit(probe, {})
      await reaches(id, 'COMPLETED')
      await expect(cancelJob(admin, id)).rejects.toMatchObject({ code: 'conflict' })
      await expect(retryJob(admin, id)).rejects.toMatchObject({ code: 'conflict' })
    })

    test('a failed job that is retried runs again, and its attempts count on', async () => {
      const { id } = await submit(probe, { failures: 1, permanent: true })
      await reaches(id, 'FAILED')
      await retryJob(admin, id)
      const job = await reaches(id, 'COMPLETED')
      expect(job.attempt).toBe(2)
      expect((await attemptsOf(id)).map(({ reason }) => reason)).toEqual(['FIRST', 'MANUAL_RETRY'])
    })

    test('a job runs at its time, not before', async () => {
      const { id, status } = await submit(probe, {}, { delayMs: 1_200 })
      expect(status).toBe('SCHEDULED')
      const job = await reaches(id, 'COMPLETED')
      const waited = (job.startedAt?.getTime() ?? 0) - job.createdAt.getTime()
      expect(waited).toBeGreaterThanOrEqual(1_190)
      expect(waited).toBeLessThan(4_000)
    })

    test('one idempotency key makes one job, however many ask at once', async () => {
      const ownerId = await createUser()
      const jobs = await Promise.all(
        Array.from({ length: 8 }, () => submit(probe, {}, { ownerId, idempotencyKey: 'order-1' })),
      )
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1)
      const other = submit(probe, { failures: 1 }, { ownerId, idempotencyKey: 'order-1' })
      await expect(other).rejects.toMatchObject({ code: 'conflict' })
    })

    test('a duplicate of a job that has not ended is that job; afterwards it is a new one', async () => {
      const ownerId = await createUser()
      const files = await handlerFiles()
      const first = await submit(singleProbe, { gate: files.gate }, { ownerId })
      const duplicate = await submit(singleProbe, { gate: files.gate }, { ownerId })
      expect(duplicate.id).toBe(first.id)
      await files.openGate()
      await reaches(first.id, 'COMPLETED')
      const later = await submit(singleProbe, { gate: files.gate }, { ownerId })
      expect(later.id).not.toBe(first.id)
      // What the next test takes out of the queue is its own.
      await reaches(later.id, 'COMPLETED')
    })

    test('an entry that vanished from the queue is handed over again', async () => {
      const { id } = await submit(probe, {}, { delayMs: 500 })
      await expect
        .poll(async () => (await queue('probe')).getJobState(id), { timeout: 15_000 })
        .not.toBe('unknown')
      await (await queue('probe')).obliterate({ force: true })
      const { createReconciler } = await import('@/workers/supervisor/reconciler')
      const reconcile = createReconciler(['probe'])
      const before = await repairsOf('entry_missing')
      await expect
        .poll(async () => (await reconcile()).repaired, { timeout: 10_000 })
        .toBeGreaterThan(0)
      await reaches(id, 'COMPLETED')
      expect(await repairsOf('entry_missing')).toBe(before + 1)
    })

    test('an entry that a wrong clock put off runs once its job is due', async () => {
      const { id } = await submit(probe, {}, { delayMs: 3_600_000 })
      await expect
        .poll(async () => (await queue('probe')).getJobState(id), { timeout: 15_000 })
        .toBe('delayed')
      const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000)
      await prisma().job.update({ where: { id }, data: { createdAt: ago(20), runAt: ago(10) } })
      const { createReconciler } = await import('@/workers/supervisor/reconciler')
      const reconcile = createReconciler(['probe'])
      const statusOnceCompared = async () => {
        await reconcile()
        return (await prisma().job.findUniqueOrThrow({ where: { id } })).status
      }
      await expect.poll(statusOnceCompared, { timeout: 10_000 }).toBe('COMPLETED')
    })

    test('an entry of a job that has ended is removed from the queue', async () => {
      const { id } = await submit(probe, {}, { delayMs: 60_000 })
      await expect
        .poll(async () => (await queue('probe')).getJobState(id), { timeout: 15_000 })
        .toBe('delayed')
      await prisma().job.update({
        where: { id },
        data: { status: 'CANCELED', finishedAt: new Date() },
      })
      const { createReconciler } = await import('@/workers/supervisor/reconciler')
      const before = await repairsOf('entry_surplus')
      await createReconciler(['probe'])()
      expect(await (await queue('probe')).getJobState(id)).toBe('unknown')
      expect(await repairsOf('entry_surplus')).toBe(before + 1)
    })
  })

  describe('when workers die', () => {
    test('the job of a killed worker runs again, and its record says why', async () => {
      const files = await handlerFiles()
      const first = await forkWorker()
      const { id } = await submit(probe, { gate: files.gate, effects: files.effects })
      await files.ran(1)
      await kill(first)
      await files.openGate()
      const second = await forkWorker()
      const job = await reaches(id, 'COMPLETED', 45_000)
      expect(job.attempt).toBe(2)
      expect(await repairsOf('worker_lost')).toBeGreaterThan(0)
      expect(await attemptsOf(id)).toMatchObject([
        { number: 1, outcome: 'LOST', error: { code: 'worker_lost' } },
        { number: 2, outcome: 'COMPLETED', reason: 'WORKER_LOST' },
      ])
      expect(await files.runs()).toEqual(['1', '2'])
      await kill(second, 'SIGTERM')
    }, 90_000)

    test('a worker that shuts down hands its job back, and that attempt does not count', async () => {
      const files = await handlerFiles()
      const first = await forkWorker({ GRACE_MS: '200' })
      const { id } = await submit(probe, { gate: files.gate, effects: files.effects })
      await files.ran(1)
      await kill(first, 'SIGTERM')
      expect(await prisma().job.findUnique({ where: { id } })).toMatchObject({ status: 'RETRYING' })
      await files.openGate()
      const second = await forkWorker()
      const job = await reaches(id, 'COMPLETED', 45_000)
      expect(job).toMatchObject({ attempt: 2, maxAttempts: 4 })
      expect(await attemptsOf(id)).toMatchObject([
        { outcome: 'INTERRUPTED' },
        { outcome: 'COMPLETED', reason: 'WORKER_SHUTDOWN' },
      ])
      await kill(second, 'SIGTERM')
    }, 90_000)

    test('a worker that was paused and wakes late does not record what it computed', async () => {
      const files = await handlerFiles()
      const first = await forkWorker()
      const { id } = await submit(probe, { gate: files.gate, effects: files.effects })
      await files.ran(1)
      first.kill('SIGSTOP')
      const second = await forkWorker()
      await files.ran(2, 60_000)
      await files.openGate()
      await reaches(id, 'COMPLETED', 20_000)
      first.kill('SIGCONT')
      await expect
        .poll(async () => (await attemptsOf(id)).map(({ outcome }) => outcome))
        .toEqual(['LOST', 'COMPLETED'])
      await kill(first, 'SIGTERM')
      const job = await prisma().job.findUnique({ where: { id } })
      expect(job).toMatchObject({ status: 'COMPLETED', attempt: 2, result: { attempt: 2 } })
      await kill(second, 'SIGTERM')
    }, 120_000)
  })
}
