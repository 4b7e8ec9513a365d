import { type ListedWorker, listWorkers } from '@/app/_server/queue/workers'
import type { Viewer } from '@/lib/access/viewer'
import { definitions, findQueue, queueNames } from '@/lib/jobs/catalog'
import { type QueueNow, queuesNow } from '@/lib/jobs/lists/queues-now'
import { noSettings, type QueueSettings, readQueueSettings } from '@/lib/queue/settings'
import type { Period } from './periods'
import { type QueueWord, queueWord } from './queue-state'
import { readSeries, type Series } from './series'

export type QueueOverview = Series & {
  name: string
  /** What it is for, in a line. */
  purpose: string
  word: QueueWord
  now: QueueNow
  /** Jobs that all workers together run at once; 0 when no worker serves it. */
  capacity: number
  settings: QueueSettings
}

export type Overview = {
  all: Series
  queues: QueueOverview[]
  workers: ListedWorker[]
}

/** All queues and workers at a glance, and what became of jobs over a period. */
export async function readOverview(admin: Viewer, period: Period): Promise<Overview> {
  const at = Date.now()
  const [series, now, settings, workers] = await Promise.all([
    readSeries(admin, period, queueNames, at),
    queuesNow(queueNames),
    readQueueSettings(),
    listWorkers(admin),
  ])
  const queues = queueNames.map((name) => {
    const facts = {
      now: now.get(name) ?? { waiting: 0, active: 0, oldestSince: null },
      settings: settings.get(name) ?? noSettings,
      capacity: capacityOf(name, settings.get(name), workers),
    }
    const paused = facts.settings.pausedAt !== null
    return {
      name,
      purpose: purposeOf(name),
      ...(series.of.get(name) ?? series.none),
      ...facts,
      word: queueWord({ ...facts, paused, at }),
    }
  })
  return { all: series.all, queues, workers }
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
