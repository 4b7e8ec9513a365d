'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { timingSchema } from '@/app/_server/schedules/fields'
import { runScheduleNow } from '@/app/_server/schedules/run-now'
import { deleteSchedule, updateSchedule } from '@/app/_server/schedules/schedules'
import { readTiming } from '@/app/_server/schedules/view'
import { AppError, type FieldIssue } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'

const PAGE = '/schedules/[id]'

/** What a pattern means, or why it cannot be used. */
export type TimingReading =
  | { words: string; next: readonly string[]; issues?: undefined }
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
export const run = formAction(requireViewer, async (viewer, { id = '' }) => {
  const { title } = await runScheduleNow(viewer, id)
  revalidatePath(PAGE, 'page')
  return `Started: ${title}`
})

/** Pauses a schedule. */
export const pause = turn(false)

/** Lets a paused schedule go on, from its next time. */
export const resume = turn(true)

/** Deletes a schedule and leads back to the list. */
export const remove = formAction(requireViewer, async (viewer, { id = '' }) => {
  await deleteSchedule(viewer, id)
  redirect('/schedules')
})

function turn(enabled: boolean) {
  return formAction(requireViewer, async (viewer, { id = '' }) => {
    await updateSchedule(viewer, id, { enabled })
    revalidatePath(PAGE, 'page')
    return undefined
  })
}
