import { findQueue, queueNames } from '@/lib/jobs/catalog'
import { type QueueNow, queuesNow } from '@/lib/jobs/lists/queues-now'
import { pauseQueue, resumeQueue } from '@/lib/queue/change-settings'
import { noSettings, type QueueSettings, readQueueSettings } from '@/lib/queue/settings'
import { Refusal } from '../../refusal'
import { answer } from '../print'
import type { Register } from './index'

/** `queue list|pause|resume`. */
export const registerQueue: Register = (program, config) => {
  const queue = program.command('queue').description('see, pause and resume queues')

  const list = queue.command('list').description('every queue, with what waits and runs in it')
  answer(list, config, async () => {
    const [settings, now] = await Promise.all([readQueueSettings(), queuesNow(queueNames)])
    return { data: queueNames.map((name) => view(name, settings.get(name), now.get(name))) }
  })

  const change = (name: string, description: string, work: typeof pauseQueue) =>
    answer(
      queue.command(`${name} <queue>`).description(description),
      config,
      async (wanted: string) => {
        if (!findQueue(wanted)) {
          throw new Refusal(`No such queue: ${wanted}. There are ${queueNames.join(', ')}.`)
        }
        const settings = await work(null, wanted)
        return { queue: view(wanted, settings, (await queuesNow([wanted])).get(wanted)) }
      },
    )
  change('pause', 'let no job of a queue start; running ones end', pauseQueue)
  change('resume', 'let jobs of a queue start again', resumeQueue)
}

function view(name: string, settings: QueueSettings = noSettings, now?: QueueNow) {
  const { pausedAt, concurrency, rateLimit } = settings
  return {
    name,
    paused: pausedAt !== null,
    pausedAt: pausedAt?.toISOString() ?? null,
    waiting: now?.waiting ?? 0,
    active: now?.active ?? 0,
    oldestWaitingSince: now?.oldestSince?.toISOString() ?? null,
    concurrency: concurrency ?? findQueue(name)?.concurrency ?? null,
    rateLimit: rateLimit ?? findQueue(name)?.rateLimit ?? null,
  }
}
