import type { QueueOverview } from '@/app/_server/metrics/overview'
import { formatCount } from '@/lib/format/count'
import ui from '../../_components/ui/ui.module.css'
import { waitingOf } from './words'

const looks: Record<QueueOverview['word'], string> = {
  Active: 'completed',
  'At capacity': 'active',
  Backlogged: 'failed',
  Paused: 'retrying',
  Idle: 'queued',
}

/** A queue's state in one word, and the number behind it. */
export function QueueState({ queue }: { queue: QueueOverview }) {
  return (
    <span title={numberBehind(queue)}>
      <span className={ui.dot} data-status={looks[queue.word]}>
        {queue.word}
      </span>
      <span className={`${ui.note} ${ui.clip}`}>{numberBehind(queue)}</span>
    </span>
  )
}

function numberBehind({ word, now, capacity }: QueueOverview): string {
  switch (word) {
    case 'Paused':
    case 'Backlogged':
      return capacity === 0 && word === 'Backlogged'
        ? `${waitingOf(now.waiting)} waiting, no worker`
        : `${waitingOf(now.waiting)} waiting`
    case 'At capacity':
      return capacity === 0 ? 'no worker' : `${formatCount(now.active)} of ${formatCount(capacity)}`
    case 'Active':
      return `${formatCount(now.active)} running`
    case 'Idle':
      return 'nothing to do'
  }
}
