import { z } from 'zod'
import type { Database } from '@/lib/db/prisma'
import type { FieldIssue } from '@/lib/errors/app-error'
import { defineJob } from '@/lib/jobs/definition'
import { resolveRange } from '@/lib/reports/range'
import { rangeWords } from '@/lib/reports/words'
import { type ReportInput, reportFormats, reportInput } from './report-input'

const milliseconds = z.int().nullable()

/** Says in figures and charts what became of a person's jobs. */
export const report = defineJob({
  type: 'report',
  queue: 'reports',
  label: 'Report',
  description: 'Says in figures and charts what became of jobs, as PDF, XLSX or CSV.',
  input: reportInput,
  output: z.object({
    fileId: z.uuid(),
    format: z.enum(reportFormats),
    bytes: z.int(),
    /** What it covers: from `from`, itself included, to `to`, itself not. */
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    timezone: z.string(),
    jobs: z.int(),
    completed: z.int(),
    failed: z.int(),
    canceled: z.int(),
    /** Not ended when the report was made. */
    open: z.int(),
    /** Completed of completed and failed, 0 to 1; null when none of either. */
    successRate: z.number().nullable(),
    waitP50Ms: milliseconds,
    waitP95Ms: milliseconds,
    runP50Ms: milliseconds,
    runP95Ms: milliseconds,
  }),
  timeoutMs: 30 * 60_000,
  concurrency: 2,
  tellsWhenDone: true,
  async prepare(db, inputs, ownerId) {
    const owner = await findOwner(db, ownerId)
    return inputs.map((input) => ({ title: titleOf(input, owner), issues: issuesOf(input, owner) }))
  },
})

type Owner = { role: 'USER' | 'ADMIN'; timezone: string | null } | null

async function findOwner(db: Database, ownerId: string | null): Promise<Owner> {
  if (!ownerId) return null
  return db.user.findUnique({ where: { id: ownerId }, select: { role: true, timezone: true } })
}

function issuesOf({ everyone }: ReportInput, owner: Owner): FieldIssue[] {
  if (!owner) return [{ path: '', message: 'A report belongs to a person' }]
  if (!everyone || owner.role === 'ADMIN') return []
  return [{ path: 'everyone', message: 'Only an admin may report on everyone’s jobs' }]
}

function titleOf(input: ReportInput, owner: Owner): string {
  const { period, format, everyone } = input
  const word = period.charAt(0).toUpperCase() + period.slice(1)
  const subject = everyone ? `${word} report on everyone` : `${word} report`
  return `${subject}, ${spanWords(input, owner)} (${format.toUpperCase()})`
}

function spanWords(input: ReportInput, owner: Owner): string {
  const { period, from, timezone = owner?.timezone ?? 'UTC' } = input
  if (from !== undefined) return rangeWords(resolveRange(input, timezone, new Date()), timezone)
  if (period === 'daily') return 'last 30 days'
  return period === 'weekly' ? 'last 12 weeks' : 'last 12 months'
}
