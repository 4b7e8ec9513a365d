'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { requireViewer } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { AppError, type FieldIssue } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import { timingSchema } from '@/lib/schedules/fields'
import { runScheduleNow } from '@/lib/schedules/run-now'
import { deleteSchedule, updateSchedule } from '@/lib/schedules/schedules'
import { readTiming } from '@/lib/schedules/view'

const PAGE = '/schedules/[id]'

/** What a pattern means, or why it cannot be used. */
export type TimingReading =
  | { words: string; next: string[]; issues?: undefined }
  | { issues: FieldIssue[] }

/** Reads a pattern back, while it is typed. */
export async function readPattern(timing: z.input<typeof timingSchema>): Promise<TimingReading> {
  await requireViewer()
  try {
    const { cron, timezone } = parseInput(timingSchema, timing)
    return readTiming(cron, timezone)
  } catch (error) {
    if (error instanceof AppError) return { issues: error.details.issues ?? [] }
    throw error
  }
}

/** Makes a job of a schedule now. */
export async function run(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { title } = await runScheduleNow(viewer, formValues(form).id ?? '')
    revalidatePath(PAGE, 'page')
    return `Started: ${title}`
  })
}

/** Pauses a schedule. */
export async function pause(_state: FormState, form: FormData): Promise<FormState> {
  return setEnabled(await requireViewer(), form, false)
}

/** Lets a paused schedule go on, from its next time. */
export async function resume(_state: FormState, form: FormData): Promise<FormState> {
  return setEnabled(await requireViewer(), form, true)
}

/** Deletes a schedule and leads back to the list. */
export async function remove(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await deleteSchedule(viewer, formValues(form).id ?? '')
    redirect('/schedules')
  })
}

async function setEnabled(viewer: Viewer, form: FormData, enabled: boolean): Promise<FormState> {
  return submit(form, async () => {
    await updateSchedule(viewer, formValues(form).id ?? '', { enabled })
    revalidatePath(PAGE, 'page')
    return undefined
  })
}
