import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { submitJob } from '@/app/_server/jobs/submit'
import { prisma } from '@/lib/db/prisma'
import { createViewer } from '@/test/support/owner'
import { startWorkerProgram } from '@/test/support/programs'
import { createReportJobs } from '@/test/support/report-jobs'
import { databaseOnly } from './rest'
import { untilTrue } from './until-true'

const FORMATS = ['xlsx', 'csv', 'pdf'] as const
const LOOK_MS = 50

const run = promisify(execFile)

/** The most memory the built worker holds, in megabytes, while it writes a report over `count` jobs. */
export async function reportMemory(count: number): Promise<Record<string, number>> {
  const ann = await createViewer()
  await createReportJobs(ann.userId, count, '2026-01-01T00:00:00Z')
  const worker = await startWorkerProgram(databaseOnly())
  const pid = worker.process.pid ?? 0
  const peaks: Record<string, number> = {}
  for (const format of FORMATS) {
    const range = { from: '2026-01-01', to: '2026-04-30', timezone: 'UTC' }
    const { job } = await submitJob(ann, {
      type: 'report',
      input: { period: 'daily', ...range, format },
    })
    peaks[format] = await peakUntil(pid, () => hasCompleted(job.id))
  }
  await worker.stop()
  return peaks
}

async function peakUntil(pid: number, ended: () => Promise<boolean>): Promise<number> {
  let peak = 0
  let isOver = false
  const watch = async () => {
    while (!isOver) {
      peak = Math.max(peak, await memoryOf(pid))
      await pause(LOOK_MS)
    }
  }
  await Promise.all([
    watch(),
    untilTrue(ended).finally(() => {
      isOver = true
    }),
  ])
  return peak
}

/** @throws when the report failed */
async function hasCompleted(id: string): Promise<boolean> {
  const job = await prisma().job.findUniqueOrThrow({ where: { id } })
  if (job.status === 'FAILED') throw new Error(`The report failed: ${JSON.stringify(job.error)}`)
  return job.status === 'COMPLETED'
}

/** How much memory a process holds now, in megabytes. */
async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', `${pid}`])
  return Number(stdout) / 1024
}
