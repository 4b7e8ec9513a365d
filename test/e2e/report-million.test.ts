import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '@/lib/auth/viewer'
import { prisma } from '@/lib/db/prisma'
import { submitJob } from '@/lib/jobs/submit'
import { reaches } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { createDataDir, type Program, startWorkerProgram } from '@/test/support/programs'
import { createReportJobs } from '@/test/support/report-jobs'

const JOBS = 1_000_000
const LIMIT_MB = 300
const run = promisify(execFile)

/** How much memory a process holds now, in megabytes. */
async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', `${pid}`])
  return Number(stdout) / 1024
}

describe('a report over 1,000,000 jobs', () => {
  ownDatabase()
  let worker: Program
  let ann: Viewer
  let pid: number

  beforeAll(async () => {
    ann = await createViewer()

    await createReportJobs(ann.userId, JOBS, '2026-01-01T00:00:00Z')
    worker = await startWorkerProgram({
      DATABASE_URL: process.env.DATABASE_URL ?? '',
      DATA_DIR: await createDataDir(),
    })
    const row = await prisma().worker.findFirstOrThrow({ where: { stoppedAt: null } })
    pid = row.pid
  }, 240_000)

  afterAll(() => worker?.stop())

  test.each(['xlsx', 'csv', 'pdf'])(
    `as %s keeps the worker below ${LIMIT_MB} MB`,
    async (format) => {
      const range = { from: '2026-01-01', to: '2026-04-30', timezone: 'UTC' }
      const input = { period: 'daily', ...range, format }
      const { job } = await submitJob(ann, { type: 'report', input })
      let peak = 0
      let isOver = false
      const watch = async () => {
        while (!isOver) peak = Math.max(peak, await memoryOf(pid))
      }
      const ended = reaches(job.id, ['COMPLETED', 'FAILED'], 400_000).finally(() => {
        isOver = true
      })
      const [{ result }] = await Promise.all([ended, watch()])
      expect(result).toMatchObject({ jobs: JOBS })
      expect(peak).toBeGreaterThan(20)
      expect(peak).toBeLessThan(LIMIT_MB)
    },
    420_000,
  )
})
