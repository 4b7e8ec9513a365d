'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireAdmin } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { notFound } from '@/lib/errors/app-error'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { askForBulk, type BulkRequest } from '@/lib/jobs/bulk/ask'
import { findQueue } from '@/lib/jobs/catalog'
import { pauseQueue, resumeQueue, setConcurrency, setRateLimit } from '@/lib/queue/change-settings'

/** Lets no job of the queue start. */
export async function pause(_state: FormState, form: FormData): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    await pauseQueue(admin, queue)
    return `${queue} is paused.`
  })
}

/** Lets jobs of the queue start again. */
export async function resume(_state: FormState, form: FormData): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    await resumeQueue(admin, queue)
    return `${queue} runs again.`
  })
}

/** Runs all failed jobs of the queue again. */
export async function retryAll(_state: FormState, form: FormData): Promise<FormState> {
  return onAllJobs(form, 'retry', { status: 'failed' })
}

/** Makes all delayed jobs of the queue due. */
export async function promoteAll(_state: FormState, form: FormData): Promise<FormState> {
  return onAllJobs(form, 'promote')
}

/** Cancels what waits in the queue. */
export async function drainQueue(_state: FormState, form: FormData): Promise<FormState> {
  return onAllJobs(form, 'cancel', { status: 'queued' })
}

/** Changes how many jobs a worker runs at once; an empty field goes back to the definition. */
export async function changeConcurrency(_state: FormState, form: FormData): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    await setConcurrency(admin, queue, numberOf(form, 'concurrency'))
    return 'Workers follow it from now on.'
  })
}

/** Changes how many jobs start within a time; an empty field goes back to the definition. */
export async function changeRateLimit(_state: FormState, form: FormData): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    const max = numberOf(form, 'max')
    const seconds = numberOf(form, 'seconds')
    const limit = max === null ? null : { max, durationMs: Math.round((seconds ?? 0) * 1_000) }
    await setRateLimit(admin, queue, limit)
    return 'Workers follow it from now on.'
  })
}

function numberOf(form: FormData, name: string): number | null {
  const text = (formValues(form)[name] ?? '').trim()
  return text === '' ? null : Number(text)
}

async function onQueue(
  form: FormData,
  work: (admin: Viewer, queue: string) => Promise<string>,
): Promise<FormState> {
  const admin = await requireAdmin()
  return submit(form, async () => {
    const { queue = '' } = formValues(form)
    if (!findQueue(queue)) throw notFound('This queue')
    const message = await work(admin, queue)
    revalidatePath('/admin', 'layout')
    return message
  })
}

/** Enqueues the job that does something to all jobs of the queue, however many, and leads to it. */
function onAllJobs(
  form: FormData,
  action: BulkRequest['action'],
  filter: BulkRequest['filter'] = {},
): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    const job = await askForBulk(admin, { action, filter: { ...filter, queue } })
    redirect(`/jobs/${job.id}`)
  })
}
