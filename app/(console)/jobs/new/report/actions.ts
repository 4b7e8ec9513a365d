'use server'

import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { requireViewer } from '@/lib/auth/session'
import { submitJob } from '@/lib/jobs/submit'
import type { reportInput } from '@/lib/jobs/types/report-input'
import { type JobOptions, type Problem, problemOf, submission } from '../submission'

/** Makes the job and leads to it; or says what is wrong with which field. */
export async function makeReport(
  input: z.input<typeof reportInput>,
  options: JobOptions,
): Promise<Problem> {
  const viewer = await requireViewer()
  try {
    const { job } = await submitJob(viewer, submission('report', input, options))
    redirect(`/jobs/${job.id}`)
  } catch (error) {
    return problemOf(error)
  }
}
