import { z } from 'zod'
import type { Database } from '@/lib/db/prisma'
import type { FieldIssue } from '@/lib/errors/app-error'
import { defineJob, type Requester } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import { resolveRange } from '@/lib/reports/range'
import { rangeWords } from '@/lib/reports/words'
import { type ReportInput, reportFormats, reportInput } from './report-input'

const milliseconds = z.int().nullable()

/** Says in figures and charts what became of a person's jobs. */
export const report = defineJob({
  type: 'report',
  queue: defineQueue({ name: 'reports', concurrency: 2 }),
  label: 'Report',
  description: 'Says in figures and charts what became of jobs, as PDF, XLSX or CSV.',
  verb: 'Make report',
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
  notifiesWhenDone: true,
  async prepare(db, inputs, requester) {
    const owner = await findOwner(db, requester.ownerId)
    return inputs.map((input) => ({
      title: titleOf(input, owner),
      issues: owner ? issuesOf(input, requester) : [OWNERLESS],
    }))
  },
})

type Owner = { timezone: string | null } | null

const OWNERLESS: FieldIssue = { path: '', message: 'A report belongs to a person' }

async function findOwner(db: Database, ownerId: string | null): Promise<Owner> {
  if (!ownerId) return null
  return db.user.findUnique({ where: { id: ownerId }, select: { timezone: true } })
}

function issuesOf({ everyone }: ReportInput, { role }: Requester): FieldIssue[] {
  if (!everyone || role === 'ADMIN') return []
  const message = 'Only an admin may report on everyone’s jobs, with a key only by the scope admin'
  return [{ path: 'everyone', message }]
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
