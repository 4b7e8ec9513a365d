'use server'

import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { transaction } from '@/lib/db/transaction'
import { sendWebhook, type WebhookInput } from '@/lib/services/jobs'
import { type JobOptions, optionsFor, type Problem, problemOf } from '../submission'

/** Makes the job and leads to it; or says what is wrong with which field. */
export async function send(input: WebhookInput, options: JobOptions): Promise<Problem> {
  const viewer = await requireViewer()
  try {
    const asked = optionsFor(viewer, options)
    const { job } = await transaction((tx) => sendWebhook(tx, input, asked))
    redirect(`/jobs/${job.id}`)
  } catch (error) {
    return problemOf(error)
  }
}
