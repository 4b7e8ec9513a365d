import { formatCount } from '@/lib/format/count'
import type { QueueOverview } from '@/lib/metrics/overview'
import classes from '../admin.module.css'
import { waitingOf } from './words'

/** A queue's state in one word, and the number behind it. */
export function QueueState({ queue }: { queue: QueueOverview }) {
  return (
    <span className={classes.state} data-word={queue.word} title={numberBehind(queue)}>
      {queue.word}
      <span className={classes.behind}>{numberBehind(queue)}</span>
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
