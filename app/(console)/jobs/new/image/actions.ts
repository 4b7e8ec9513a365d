'use server'

import { requireViewer } from '@/lib/auth/session'
import { submitJob } from '@/lib/jobs/submit'
import { type JobOptions, type Problem, problemOf, submission } from '../submission'
import type { toInput } from './image-values'

/** What became of one file: its job, or why there is none. */
export type Outcome = { fileId: string } & ({ jobId: string } | { problem: Problem })

const MAX_FILES = 50

/** Makes one job per file. A file whose job is refused holds up no other. */
export async function runImages(
  fileIds: string[],
  input: ReturnType<typeof toInput>,
  options: JobOptions,
): Promise<Outcome[]> {
  const viewer = await requireViewer()
  const outcomes: Outcome[] = []
  for (const fileId of fileIds.slice(0, MAX_FILES)) {
    try {
      const asked = submission('image', { fileId, ...input }, options)
      const { job } = await submitJob(viewer, asked)
      outcomes.push({ fileId, jobId: job.id })
    } catch (error) {
      outcomes.push({ fileId, problem: problemOf(error) })
    }
  }
  return outcomes
}
