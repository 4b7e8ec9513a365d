import type { Job, Pause } from '@/lib/db/generated/client'
import type { RateLimit } from '@/lib/queue/settings'
import { findQueue } from '../catalog'
import { type JobView, jobView, type Waiting } from '../view'
import { type Facts, readFacts } from './facts'
import { BEFORE_UP_TO, type Place, readPlace } from './place'
import { aboutIn, beforeWords, rateWords, utc } from './words'

/**
 * Why a job has not started: what holds it up first, in a sentence. Null when it does not wait. It tells
 * counts of others' jobs, and nothing else about them. Costs a few queries, and a look into its queue.
 * @param pausing the job's pause, where the caller asks for that as well
 */
export async function whyWaiting(
  job: Job,
  pausing?: Promise<Pause | undefined>,
): Promise<Waiting | null> {
  if (job.status === 'ACTIVE' || job.endedAs) return null
  const facts = await readFacts(job, pausing)
  for (const hold of holds) {
    const waiting = hold(job, facts)
    if (waiting) return waiting
  }
  return inLine(job, facts)
}

/** A job as it is shown by itself: with why it waits. */
export async function jobViewWithWaiting(job: Job): Promise<JobView> {
  return { ...jobView(job), waiting: await whyWaiting(job) }
}

/** What may keep a job from its place in the queue; the first that does is why it waits. */
const holds: readonly ((job: Job, facts: Facts) => Waiting | undefined)[] = [
  chosenTime,
  nextAttempt,
  pausedQueue,
  paused,
  noWorker,
  unknownType,
  notHandedOver,
]

function chosenTime({ status, runAt }: Job, { at }: Facts): Waiting | undefined {
  if (status !== 'SCHEDULED' || runAt <= at) return undefined
  const message = `It starts at the chosen time: ${utc(runAt)}.`
  return { reason: 'scheduled', message, estimatedStart: runAt.toISOString() }
}

function nextAttempt({ status, attempt, maxAttempts, nextAttemptAt }: Job, { at }: Facts) {
  if (status !== 'RETRYING' || !nextAttemptAt || nextAttemptAt <= at) return undefined
  const message = `Attempt ${attempt} of ${maxAttempts} failed; the next one starts at ${utc(nextAttemptAt)}.`
  return { reason: 'retry_delay', message, estimatedStart: nextAttemptAt.toISOString() } as const
}

function pausedQueue({ queue }: Job, { settings }: Facts): Waiting | undefined {
  if (!settings.pausedAt) return undefined
  const message = `The queue ${queue} is paused. The job starts once somebody resumes it.`
  return { reason: 'queue_paused', message }
}

function paused(_job: Job, { pause }: Facts): Waiting | undefined {
  if (!pause) return undefined
  const { until, reason } = pause
  const message = `An admin paused jobs like this one ${until ? `until ${utc(until)}` : 'until further notice'}: ${reason}`
  return { reason: 'paused', message, ...(until ? { estimatedStart: until.toISOString() } : {}) }
}

function noWorker({ queue }: Job, { served }: Facts): Waiting | undefined {
  if (served) return undefined
  const message = `No running worker takes jobs of the queue ${queue}. The job starts once one does.`
  return { reason: 'no_worker', message }
}

function unknownType({ type }: Job, { known }: Facts): Waiting | undefined {
  if (known) return undefined
  const message = `No running worker knows the job type ${type}, or this version of its input. The job starts once one does.`
  return { reason: 'unknown_type', message }
}

function notHandedOver(_job: Job, { pending }: Facts): Waiting | undefined {
  if (!pending) return undefined
  const message = 'The job is saved, and goes to its queue as soon as that answers.'
  return { reason: 'not_handed_over', message }
}

async function inLine(job: Job, { settings, at, perMinute }: Facts): Promise<Waiting | null> {
  const limit = settings.rateLimit ?? findQueue(job.queue)?.rateLimit
  const place = await readPlace(job, limit)
  if (!place) {
    const message = 'Its queue does not answer. The job is saved, and starts once the queue does.'
    return { reason: 'queue_away', message }
  }
  if (!place.stillWaits) return null
  switch (place.state) {
    case 'delayed': {
      const message =
        'Its queue holds it back for a moment, and tries it again within half a minute.'
      return { reason: 'held_back', message }
    }
    case 'served':
      return served(place, at, perMinute, limit)
    default: {
      const message = 'Its queue has lost the job, and gets it again by itself.'
      return { reason: 'not_handed_over', message }
    }
  }
}

function served(
  place: Place,
  at: Date,
  perMinute: number | null,
  limit: RateLimit | undefined,
): Waiting {
  const { before, limitedForMs } = place
  const isLimited = limit !== undefined && limitedForMs > 0
  const waitMs = estimate(place, perMinute)
  const parts = [
    ...(isLimited ? [`Its queue starts at most ${rateWords(limit)}.`] : []),
    before === 0 ? nextWords(isLimited) : beforeWords(place),
    ...(waitMs === undefined ? [] : [`At the present pace it starts ${aboutIn(waitMs)}.`]),
  ]
  return {
    reason: isLimited ? 'rate_limited' : before === 0 ? 'next' : 'behind_others',
    message: parts.join(' '),
    aheadOfIt: before,
    ...(waitMs === undefined
      ? {}
      : { estimatedStart: new Date(at.getTime() + waitMs).toISOString() }),
  }
}

/** Milliseconds until as many jobs have ended as are before it. */
function estimate({ before }: Place, perMinute: number | null): number | undefined {
  if (!perMinute || before === 0 || before > BEFORE_UP_TO) return undefined
  return Math.round((before / perMinute) * 60_000)
}

function nextWords(isLimited: boolean): string {
  return isLimited ? 'The job is next.' : 'The job is next: it starts as soon as a worker is free.'
}
