'use server'

import { z } from 'zod'
import { requireViewer } from '@/lib/auth/session'
import { transaction } from '@/lib/db/transaction'
import { parseInput } from '@/lib/errors/parse-input'
import { type ImageInput, imageInput } from '@/lib/jobs/types/image-input'
import { processImage } from '@/lib/services/jobs'
import { type JobOptions, optionsFor, type Problem, problemOf } from '../submission'
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
      const asked = optionsFor(viewer, options)
      const image = checkedImage({ fileId, ...input })
      const { job } = await transaction((tx) => processImage(tx, image, asked))
      outcomes.push({ fileId, jobId: job.id })
    } catch (error) {
      outcomes.push({ fileId, problem: problemOf(error) })
    }
  }
  return outcomes
}

/** What was typed may be no image job at all. @throws {AppError} `invalid_input` naming each field */
function checkedImage(input: unknown): ImageInput {
  return parseInput(z.object({ input: imageInput }), { input }).input
}
