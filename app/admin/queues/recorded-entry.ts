import type { Job as Entry } from 'bullmq'
import { removeFromQueue } from '@/app/_server/jobs/queue-entries'
import { AppError } from '@/lib/errors/app-error'
import { prioritizeJob } from '@/lib/jobs/transitions/prioritize'
import { promoteJob, rescheduleJob } from '@/lib/jobs/transitions/promote'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { removeEntries } from '@/lib/queue/entries'
import { queuePriority } from '@/lib/queue/priority'
import { actor } from './actor'
import { refusing } from './refusal'

/** An entry whose changes go to its record first. */
export function recorded(entry: Entry): Entry {
  const id = entry.id ?? ''
  const changeDelay = entry.changeDelay.bind(entry)
  const changePriority = entry.changePriority.bind(entry)

  // The entry follows by itself.
  entry.retry = () => refusing(async () => void (await retryJob(actor(), id, 'all')))
  entry.promote = () => refusing(async () => void (await promoteJob(actor(), id)))
  entry.remove = () =>
    refusing(async () => {
      await removeFromQueue(actor(), id)
      // One that was canceled may have followed by itself already.
      await removeEntries(entry.queueName, [id])
    })
  entry.changeDelay = (delay) =>
    refusing(async () => {
      await rescheduleJob(actor(), id, new Date(Date.now() + delay))
      await changeDelay(delay)
    })
  entry.changePriority = ({ priority }) =>
    refusing(async () => {
      const job = await prioritizeJob(actor(), id, Math.max(1, priority ?? 1))
      await changePriority({ priority: queuePriority(job) })
    })
  entry.updateData = () =>
    refusing(async () => {
      throw new AppError('conflict', EDIT_REFUSED)
    })
  return entry
}

const EDIT_REFUSED =
  'An entry only names its record, which keeps the input. Open the record and duplicate it with changes.'
