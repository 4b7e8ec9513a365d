'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction, formValues } from '@/app/_server/forms/form-state'
import { askForBulk, type BulkRequest } from '@/app/_server/jobs/ask'
import type { Viewer } from '@/lib/access/viewer'
import { notFound } from '@/lib/errors/app-error'
import { findQueue } from '@/lib/jobs/catalog'
import { pauseQueue, resumeQueue, setConcurrency, setRateLimit } from '@/lib/queue/change-settings'

/** Lets no job of the queue start. */
export const pause = onQueue(async (admin, queue) => {
  await pauseQueue(admin, queue)
  return `${queue} is paused.`
})

/** Lets jobs of the queue start again. */
export const resume = onQueue(async (admin, queue) => {
  await resumeQueue(admin, queue)
  return `${queue} runs again.`
})

/** Runs all failed jobs of the queue again. */
export const retryAll = onAllJobs('retry', { status: 'failed' })

/** Makes all delayed jobs of the queue due. */
export const promoteAll = onAllJobs('promote')

/** Cancels what waits in the queue. */
export const drainQueue = onAllJobs('cancel', { status: 'queued' })

/** Changes how many jobs a worker runs at once; an empty field goes back to the definition. */
export const changeConcurrency = onQueue(async (admin, queue, form) => {
  await setConcurrency(admin, queue, numberOf(form, 'concurrency'))
  return 'Workers follow it from now on.'
})

/** Changes how many jobs start within a time; an empty field goes back to the definition. */
export const changeRateLimit = onQueue(async (admin, queue, form) => {
  const max = numberOf(form, 'max')
  const seconds = numberOf(form, 'seconds')
  const limit = max === null ? null : { max, durationMs: Math.round((seconds ?? 0) * 1_000) }
  await setRateLimit(admin, queue, limit)
  return 'Workers follow it from now on.'
})

function numberOf(form: FormData, name: string): number | null {
  const text = (formValues(form)[name] ?? '').trim()
  return text === '' ? null : Number(text)
}

function onQueue(work: (admin: Viewer, queue: string, form: FormData) => Promise<string>) {
  return formAction(requireAdmin, async (admin, { queue = '' }, form) => {
    if (!findQueue(queue)) throw notFound('This queue')
    const message = await work(admin, queue, form)
    revalidatePath('/admin', 'layout')
    return message
  })
}

/** Enqueues the job that does something to all jobs of the queue, however many, and leads to it. */
function onAllJobs(action: BulkRequest['action'], filter: BulkRequest['filter'] = {}) {
  return onQueue(async (admin, queue) => {
    const job = await askForBulk(admin, { action, filter: { ...filter, queue } })
    redirect(`/jobs/${job.id}`)
  })
}
