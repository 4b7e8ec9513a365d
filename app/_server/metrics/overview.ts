import { type ListedWorker, listWorkers } from '@/app/_server/queue/workers'
import type { Viewer } from '@/lib/access/viewer'
import { definitions, findQueue, queueNames } from '@/lib/jobs/catalog'
import { type QueueNow, queuesNow } from '@/lib/jobs/lists/queues-now'
import { noSettings, type QueueSettings, readQueueSettings } from '@/lib/queue/settings'
import { type Period, startsOf } from './periods'
import { type QueueWord, queueWord } from './queue-state'
import { readSeries, type Series } from './series'
import { type TopError, topErrors } from './top-errors'

export type QueueOverview = Series & {
  name: string
  /** What it is for, in a line. */
  purpose: string
  word: QueueWord
  now: QueueNow
  /** Jobs that all workers together run at once; 0 when no worker serves it. */
  capacity: number
  settings: QueueSettings
  /** What most of its failures in the period say. */
  topError: TopError | undefined
}

export type Overview = {
  /** When the period begins. */
  since: Date
  all: Series
  queues: QueueOverview[]
  workers: ListedWorker[]
}

/** All queues and workers at a glance, and what became of jobs over a period. */
export async function readOverview(admin: Viewer, period: Period): Promise<Overview> {
  const at = Date.now()
  const since = new Date(startsOf(period, at)[0] ?? at)
  const [series, now, settings, workers, errors] = await Promise.all([
    readSeries(admin, period, queueNames, at),
    queuesNow(queueNames),
    readQueueSettings(),
    listWorkers(admin),
    topErrors(admin, since),
  ])
  const queues = queueNames.map((name) => {
    const facts = {
      now: now.get(name) ?? { waiting: 0, active: 0, oldestSince: null },
      settings: settings.get(name) ?? noSettings,
      capacity: capacityOf(name, settings.get(name), workers),
    }
    const paused = facts.settings.pausedAt !== null
    const own = series.of.get(name) ?? series.none
    return {
      name,
      purpose: purposeOf(name),
      ...own,
      ...facts,
      topError: errors.get(name),
      word: queueWord({ ...facts, totals: own.totals, paused, at }),
    }
  })
  return { since, all: series.all, queues, workers }
}

/** What a queue's jobs do, in a line. */
export function purposeOf(queueName: string): string {
  const served = definitions.filter((definition) => definition.queue === queueName)
  return served.map(({ description }) => description).join(' ')
}

function capacityOf(
  name: string,
  settings: QueueSettings | undefined,
  workers: ListedWorker[],
): number {
  const each = settings?.concurrency ?? findQueue(name)?.concurrency ?? 1
  const serving = workers.filter(({ queues, drainingAt }) => !drainingAt && queues.includes(name))
  return each * serving.length
}
