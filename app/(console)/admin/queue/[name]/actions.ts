'use server'

import { revalidatePath } from 'next/cache'
import { requireAdmin } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { notFound } from '@/lib/errors/app-error'
import { countOf } from '@/lib/format/count'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { findQueue } from '@/lib/jobs/catalog'
import { promoteDelayed, removeWaiting, retryFailed } from '@/lib/jobs/queue-work'
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
  return onQueue(form, async (admin, queue) => {
    const count = await retryFailed(admin, queue)
    return count === 1 ? '1 job runs again.' : `${countOf(count, 'job')} run again.`
  })
}

/** Makes all delayed jobs of the queue due. */
export async function promoteAll(_state: FormState, form: FormData): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    const count = await promoteDelayed(admin, queue)
    return count === 0 ? 'No job was delayed.' : `${countOf(count, 'delayed job')} due now.`
  })
}

/** Cancels what waits in the queue. */
export async function drainQueue(_state: FormState, form: FormData): Promise<FormState> {
  return onQueue(form, async (admin, queue) => {
    const count = await removeWaiting(admin, { queue, statuses: ['QUEUED'] })
    return `${countOf(count, 'job')} canceled.`
  })
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
