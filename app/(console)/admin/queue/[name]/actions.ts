'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction, type Outcome } from '@/app/_server/forms/form-state'
import type { Viewer } from '@/lib/access/viewer'
import { notFound } from '@/lib/errors/app-error'
import { findQueue } from '@/lib/jobs/catalog'
import { pauseQueue, resumeQueue, setConcurrency, setRateLimit } from '@/lib/queue/change-settings'

/** Lets no job of the queue start. */
export const pause = onQueue(async (admin, queue) => {
  await pauseQueue(admin, queue)
  return { message: `${queue} is paused.`, undo: { what: 'pause-queue', ids: [queue] } }
})

/** Lets jobs of the queue start again. */
export const resume = onQueue(async (admin, queue) => {
  await resumeQueue(admin, queue)
  return { message: `${queue} runs again.`, undo: { what: 'resume-queue', ids: [queue] } }
})

/** Changes how many jobs a worker runs at once; an empty field goes back to the definition. */
export const changeConcurrency = onQueue(async (admin, queue, { concurrency }) => {
  await setConcurrency(admin, queue, numberOf(concurrency))
  return 'Workers follow it from now on.'
})

/** Changes how many jobs start within a time; an empty field goes back to the definition. */
export const changeRateLimit = onQueue(async (admin, queue, values) => {
  const max = numberOf(values.max)
  const durationMs = Math.round((numberOf(values.seconds) ?? 0) * 1_000)
  await setRateLimit(admin, queue, max === null ? null : { max, durationMs })
  return 'Workers follow it from now on.'
})

function numberOf(text = ''): number | null {
  return text.trim() === '' ? null : Number(text)
}

function onQueue(
  work: (admin: Viewer, queue: string, values: Record<string, string>) => Promise<Outcome>,
) {
  return formAction(requireAdmin, async (admin, values) => {
    const { queue = '' } = values
    if (!findQueue(queue)) throw notFound('This queue')
    const outcome = await work(admin, queue, values)
    revalidatePath('/admin', 'layout')
    return outcome
  })
}
