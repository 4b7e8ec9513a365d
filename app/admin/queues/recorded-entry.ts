import type { Job as Entry } from 'bullmq'
import { AppError } from '@/lib/errors/app-error'
import {
  promoteRecord,
  removeRecord,
  reprioritizeRecord,
  rescheduleRecord,
  retryEntry,
} from '@/lib/jobs/entry-work'
import { queuePriority } from '@/lib/queue/priority'
import { actor } from './actor'
import { refusing } from './refusal'

/** An entry whose changes go to its record first. */
export function recorded(entry: Entry): Entry {
  const id = entry.id ?? ''
  const promote = entry.promote.bind(entry)
  const remove = entry.remove.bind(entry)
  const changeDelay = entry.changeDelay.bind(entry)
  const changePriority = entry.changePriority.bind(entry)

  // The record's retry makes a new entry in place of this one.
  entry.retry = () => refusing(async () => void (await retryEntry(actor(), id)))
  entry.promote = () =>
    refusing(async () => {
      await promoteRecord(actor(), id)
      await promote()
    })
  entry.remove = () =>
    refusing(async () => {
      await removeRecord(actor(), id)
      await remove()
    })
  entry.changeDelay = (delay) =>
    refusing(async () => {
      await rescheduleRecord(actor(), id, new Date(Date.now() + delay))
      await changeDelay(delay)
    })
  entry.changePriority = ({ priority }) =>
    refusing(async () => {
      const job = await reprioritizeRecord(actor(), id, Math.max(1, priority ?? 1))
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
