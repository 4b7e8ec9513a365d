'use server'

import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { submitJob } from '@/lib/jobs/submit'
import { type JobOptions, type Problem, problemOf, submission } from '../submission'

/** Makes the job and leads to it; or says what is wrong with which field. */
export async function send(input: unknown, options: JobOptions): Promise<Problem> {
  const viewer = await requireViewer()
  try {
    const { job } = await submitJob(viewer, submission('webhook', input, options))
    redirect(`/jobs/${job.id}`)
  } catch (error) {
    return problemOf(error)
  }
}
