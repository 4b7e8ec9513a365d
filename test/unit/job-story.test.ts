import { describe, expect, test } from 'vitest'
import { scaleOf } from '@/app/(console)/jobs/[id]/_story/scale'
import { stepsOf } from '@/app/(console)/jobs/[id]/_story/steps'
import type { AttemptView, JobSummary } from '@/lib/jobs/view'

const START = Date.parse('2026-11-28T09:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString()

const job: JobSummary = {
  ...{ id: 'j', type: 'report', queue: 'reports', status: 'completed', title: 'Report' },
  ...{ progress: null, error: null, attempt: 1, maxAttempts: 3, priority: 10, tags: [] },
  ...{ batchId: null, scheduleId: null, originalId: null, cancelRequested: false },
  ...{ createdAt: at(0), runAt: at(0), waitingSince: null, startedAt: at(1), finishedAt: at(3) },
  nextAttemptAt: null,
}

function attempt(number: number, from: number, to: number | null, more: Partial<AttemptView> = {}) {
  return {
    ...{ number, reason: number === 1 ? 'first' : 'backoff', workerId: null, error: null },
    ...{ outcome: to === null ? null : 'completed', startedAt: at(from) },
    finishedAt: to === null ? null : at(to),
    ...more,
  }
}

const labels = (...given: Parameters<typeof stepsOf>) => stepsOf(...given).map(({ label }) => label)

describe('the steps of a job', () => {
  test('are enqueued, waited, each attempt with the pause before it, and its end', () => {
    const attempts = [
      attempt(1, 1, 2, { outcome: 'failed' }),
      attempt(2, 4, 5, { outcome: 'lost' }),
      attempt(3, 9, 10, { reason: 'manual_retry' }),
    ]
    expect(labels({ ...job, attempt: 3, finishedAt: at(10) }, attempts, null)).toEqual([
      ...['Enqueued', 'Waited for a worker', 'Attempt 1: failed'],
      ...['Waited to try again', 'Attempt 2: worker lost'],
      ...['Had ended, until it was retried', 'Attempt 3: completed', 'Completed'],
    ])
  })

  test('tell a wait for its time from a wait for a worker', () => {
    const planned = { ...job, runAt: at(60), startedAt: at(62), finishedAt: at(63) }
    const steps = stepsOf(planned, [attempt(1, 62, 63)], null)
    expect(steps.map(({ label, at: from, until }) => [label, from, until]).slice(1, 3)).toEqual([
      ['Waited for its time', at(0), at(60)],
      ['Waited for a worker', at(60), at(62)],
    ])
  })

  test('end with what comes next, and why not yet', () => {
    const open = { ...job, finishedAt: null, startedAt: null, attempt: 0 }
    const waiting = { reason: 'queue_paused', message: 'The queue is paused.' } as const
    expect(stepsOf({ ...open, status: 'queued' }, [], waiting).at(-1)).toMatchObject({
      ...{ label: 'Waiting for a worker', note: 'The queue is paused.', next: { at: null } },
    })
    const retrying = { ...open, status: 'retrying', attempt: 1, nextAttemptAt: at(99) }
    const delay = { reason: 'retry_delay', message: 'Attempt 1 failed.' } as const
    const next = stepsOf(retrying, [attempt(1, 0, 1, { outcome: 'failed' })], delay).at(-1)
    expect(next).toMatchObject({ label: 'Attempt 2 of 3 is next', next: { at: at(99) } })
    expect(next).not.toHaveProperty('note')
    expect(labels({ ...open, status: 'scheduled', runAt: at(60) }, [], null)).toEqual([
      ...['Enqueued', 'Waits for its time'],
    ])
  })

  test('say whether attempts were left when it failed', () => {
    const last = (attempts: number) =>
      stepsOf({ ...job, status: 'failed', attempt: attempts }, [], null).at(-1)
    expect(last(3)).toMatchObject({ note: 'no attempt is left', isProblem: true })
    expect(last(1)?.note).toBe('at once, since another attempt could not have helped')
  })
})

describe('the scale of time', () => {
  const scale = (steps: ReturnType<typeof stepsOf>, now = START) => {
    const { place, ticks } = scaleOf(steps, now)
    return { at: (seconds: number) => Math.round(place(START + seconds * 1_000)), ticks }
  }

  test('is even, with round marks', () => {
    const steps = stepsOf({ ...job, finishedAt: at(10) }, [attempt(1, 2, 10)], null)
    const { at: place, ticks } = scale(steps)
    expect([0, 2, 5, 10].map(place)).toEqual([0, 20, 50, 100])
    expect(ticks.map(({ label }) => label)).toEqual(['0 s', '2.0 s', '4.0 s', '6.0 s', '8.0 s'])
  })

  test('cuts a pause that would leave nothing of the attempts to see', () => {
    const day = 86_400
    const attempts = [
      attempt(1, 0, 1, { outcome: 'failed' }),
      attempt(2, 6 * day, 6 * day + 1, { reason: 'manual_retry' }),
    ]
    const steps = stepsOf({ ...job, attempt: 2, finishedAt: at(6 * day + 1) }, attempts, null)
    const { at: place, ticks } = scale(steps)
    expect([0, 1, 6 * day, 6 * day + 1].map(place)).toEqual([0, 43, 57, 100])
    expect(place(3 * day)).toBe(50)
    expect(ticks.map(({ label }) => label)).toContain('6 d')
  })

  test('leaves backoffs as long as they were', () => {
    const attempts = [attempt(1, 0, 0.1), attempt(2, 5, 5.1), attempt(3, 15, 15.1)]
    const steps = stepsOf({ ...job, attempt: 3, finishedAt: at(15.1) }, attempts, null)
    const { at: place } = scale(steps)
    expect([5, 15].map(place)).toEqual([33, 99])
  })

  test('goes on to the present while the job runs, and has a place for all that is off it', () => {
    const running = { ...job, status: 'active', finishedAt: null }
    const steps = stepsOf(running, [attempt(1, 0, null)], null)
    const { at: place } = scale(steps, START + 20_000)
    expect([-5, 10, 20, 99].map(place)).toEqual([0, 50, 100, 100])
    expect(scale(stepsOf({ ...running, status: 'queued' }, [], null)).ticks).toHaveLength(0)
  })
})
