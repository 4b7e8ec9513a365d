'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction, formValues } from '@/app/_server/forms/form-state'
import { changeJobDays, changeRecordDays } from '@/app/_server/retention/change'
import { previewJobs, previewRecords, retainedTypes } from '@/app/_server/retention/overview'
import { runRetention } from '@/app/_server/retention/run'
import { notFound } from '@/lib/errors/app-error'
import { type TerminalStatus, terminalStatuses } from '@/lib/jobs/status'
import { recordKindOf, recordKinds } from '@/lib/retention/defaults'
import type { Days } from '@/lib/retention/settings'
import { recordsWords, removableWords } from './words'

const PAGE = '/admin/retention'

const days = z.int().min(1).max(100_000).nullable()
const subject = z.union([
  z.strictObject({ type: z.string().max(100), status: z.enum(terminalStatuses) }),
  z.strictObject({ kind: z.enum(recordKinds) }),
])

/** What is kept for some days: jobs of a type and status, or records that are no jobs. */
export type Subject = z.output<typeof subject>

/** What retention would remove, in words, were the days these; undefined for days that are none. */
export async function preview(what: Subject, given: Days): Promise<string | undefined> {
  const admin = await requireAdmin()
  const asked = z.tuple([subject, days]).safeParse([what, given])
  if (!asked.success) return undefined
  const [of, wanted] = asked.data
  if ('kind' in of) return recordsWords(await previewRecords(admin, of.kind, wanted))
  return removableWords(await previewJobs(admin, of.type, of.status, wanted))
}

/** Changes how long jobs of a type are kept, and leads back to the overview. */
export const changeJobs = formAction(requireAdmin, async (admin, { type = '' }, form) => {
  if (!(await retainedTypes()).includes(type)) throw notFound('This job type')
  const wanted: Record<TerminalStatus, Days> = {
    COMPLETED: daysIn(form, 'COMPLETED'),
    FAILED: daysIn(form, 'FAILED'),
    CANCELED: daysIn(form, 'CANCELED'),
  }
  await changeJobDays(admin, type, wanted)
  redirect(PAGE)
})

/** Changes how long records that are no jobs are kept, and leads back to the overview. */
export const changeRecords = formAction(requireAdmin, async (admin, values, form) => {
  const kind = recordKindOf(values.kind ?? '')
  if (!kind) throw notFound('This kind of records')
  await changeRecordDays(admin, kind, daysIn(form, 'days'))
  redirect(PAGE)
})

/** Runs retention now. */
export const runNow = formAction(requireAdmin, async (admin) => {
  const { started } = await runRetention(admin)
  revalidatePath(PAGE)
  return started ? 'Retention runs.' : 'Retention is under way already.'
})

function daysIn(form: FormData, name: string): Days {
  const { [name]: text = '', [`${name}.forever`]: forever } = formValues(form)
  if (forever) return null
  return text.trim() === '' ? Number.NaN : Number(text)
}
