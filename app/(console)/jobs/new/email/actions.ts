'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireViewer } from '@/lib/auth/session'
import { transaction } from '@/lib/db/transaction'
import { parseInput } from '@/lib/errors/parse-input'
import { previewMail, type RenderedMail } from '@/lib/mail/render'
import { templateNames } from '@/lib/mail/template-names'
import { sendEmail } from '@/lib/services/jobs'
import { type JobOptions, optionsFor, type Problem, problemOf } from '../submission'

const content = z.object({
  template: z.enum(templateNames),
  subject: z.string().max(200).optional(),
  variables: z.record(z.string().max(64), z.string().max(20_000)),
})

/** The mail as it will look. */
export async function preview(values: z.input<typeof content>): Promise<RenderedMail | Problem> {
  await requireViewer()
  try {
    return await previewMail(parseInput(content, values))
  } catch (error) {
    return problemOf(error)
  }
}

/** Makes the job and leads to it; or says what is wrong with which field. */
export async function send(
  input: z.input<typeof content> & { to: string },
  options: JobOptions,
): Promise<Problem> {
  const viewer = await requireViewer()
  try {
    const asked = optionsFor(viewer, options)
    const { job } = await transaction((tx) => sendEmail(tx, input, asked))
    redirect(`/jobs/${job.id}`)
  } catch (error) {
    return problemOf(error)
  }
}
