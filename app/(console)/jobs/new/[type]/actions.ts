'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireViewer } from '@/lib/auth/session'
import { submitForm } from '@/lib/forms/submit'
import { formValues } from '@/lib/http/form-state'
import { type Problem, problemOf } from '../submission'

type GeneratedState = { problem?: Problem; typed?: Record<string, string> }

const optionsText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.string(), z.unknown()))
  .catch({})

/** Makes the job and leads to it; or says what is wrong with which field. */
export async function run(_state: GeneratedState, form: FormData): Promise<GeneratedState> {
  const viewer = await requireViewer()
  const typed = formValues(form)
  try {
    const options = optionsText.parse(typed.options)
    redirect(`/jobs/${await submitForm(viewer, typed.type ?? '', form, options)}`)
  } catch (error) {
    return { problem: problemOf(error), typed }
  }
}
