import Link from 'next/link'
import type { QueueOverview } from '@/app/_server/metrics/overview'
import type { QueueWord } from '@/app/_server/metrics/queue-state'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import list from '../../_components/list/list.module.css'
import ui from '../../_components/ui/ui.module.css'
import { failedHref } from './hrefs'
import { shareOf, waitingOf } from './words'

const looks: Record<QueueWord, string> = {
  Active: 'completed',
  'At capacity': 'active',
  Backlogged: 'failed',
  Failing: 'failed',
  'No worker': 'failed',
  Paused: 'retrying',
  Idle: 'queued',
}

type Props = { queue: QueueOverview; since: Date }

/** A queue's state in one word with its number, why it is so, and the way to what it speaks of. */
export function QueueState({ queue, since }: Props) {
  const { name, word, totals, topError } = queue
  return (
    <span>
      <span className={`${ui.dot} ${ui.strong}`} data-status={looks[word]}>
        {[word, numberBehind(queue)].filter(Boolean).join(' · ')}
      </span>
      {totals.failed > 0 && topError ? (
        <Link
          href={failedHref(name, since, topError.group)}
          prefetch={false}
          className={`${ui.note} ${list.cut}`}
          title={topError.message}
        >
          {topError.message}
        </Link>
      ) : (
        <span className={`${ui.note} ${list.cut}`}>{reasonOf(queue)}</span>
      )}
    </span>
  )
}

function numberBehind({ word, now, totals, capacity }: QueueOverview): string {
  switch (word) {
    case 'Paused':
    case 'No worker':
      return now.waiting > 0 ? `${waitingOf(now.waiting)} waiting` : ''
    case 'Failing':
      return shareOf(totals.failureRate)
    case 'Backlogged':
      return `${waitingOf(now.waiting)} waiting`
    case 'At capacity':
      return `${formatCount(now.active)} of ${formatCount(capacity)}`
    case 'Active':
      return `${formatCount(now.active)} running`
    case 'Idle':
      return ''
  }
}

function reasonOf({ word, now, settings }: QueueOverview): string {
  const since = settings.pausedAt ?? now.oldestSince
  const time = since ? formatDuration(Date.now() - since.getTime()) : ''
  switch (word) {
    case 'Paused':
      return `by an admin, ${time} ago`
    case 'No worker':
      return 'No worker serves it.'
    case 'Failing':
      return 'Its failed jobs were retried or removed.'
    case 'Backlogged':
      return `The oldest job has waited for ${time}.`
    case 'At capacity':
      return 'Jobs wait until others end.'
    case 'Active':
      return 'Jobs start at once.'
    case 'Idle':
      return 'Nothing to do.'
  }
}
