import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { transaction } from '@/lib/db/transaction'
import { cancelJob, cancelJobs } from '@/lib/jobs/transitions/cancel'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { foldEndings, type JobTotal, readTotals } from '@/lib/metrics/totals'
import { forkWorker, handlerFiles, kill, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'

ownDatabase()

const JOBS = 40

function countOf(totals: JobTotal[], status: string): number {
  return totals.find((total) => total.type === 'probe' && total.status === status)?.count ?? 0
}

/** Reads totals again and again; `stop` answers each reading. */
function watch() {
  const readings: JobTotal[][] = []
  let watching = true
  const done = (async () => {
    while (watching) readings.push(await readTotals())
  })()
  return {
    async stop() {
      watching = false
      await done
      return readings
    },
  }
}

test('totals count every ending once, and never fall, whatever is killed, retried or deleted', async () => {
  const admin = await createViewer('ADMIN')
  const files = await handlerFiles()
  const watched = [watch(), watch()]
  const jobs = []
  for (let n = 0; n < JOBS; n++) {
    const job = await submit(probe, {
      failures: n % 4 === 0 ? 9 : 0,
      permanent: n % 8 === 0,
      ...(n >= 30 ? { gate: files.gate, effects: files.effects } : {}),
    })
    jobs.push(job.id)
  }
  const first = await forkWorker()
  await files.ran(5)
  await kill(first)
  for (let n = 0; n < 3; n++) await cancelJob(admin, (await submit(probe, {}, later)).id)
  const waiting = [await submit(probe, {}, later), await submit(probe, {}, later)]
  await transaction((tx) =>
    cancelJobs(
      tx,
      waiting.map(({ id }) => id),
    ),
  )
  await files.openGate()
  const second = await forkWorker()
  for (const id of jobs) await reaches(id, ['COMPLETED', 'FAILED'], 45_000)
  // Job 0 and job 8 failed: they fail once more, and count once more.
  for (const id of [jobs[0] ?? '', jobs[8] ?? '']) {
    await retryJob(admin, id)
    await reaches(id, 'FAILED')
  }
  for (const id of jobs.slice(0, 10)) await removeJob(admin, id)
  await kill(second, 'SIGTERM')

  const readings = await Promise.all(watched.map((one) => one.stop()))
  const totals = await readTotals()
  const counts = ['COMPLETED', 'FAILED', 'CANCELED'].map((status) => countOf(totals, status))
  expect(counts).toEqual([30, 10 + 2, 3 + 2])
  // Two attempts failed before the last of each job that may try again, and more that died.
  expect(countOf(totals, 'RETRYING')).toBeGreaterThanOrEqual(10)
  for (const status of ['COMPLETED', 'FAILED', 'CANCELED', 'RETRYING']) {
    for (const reading of readings) {
      const seen = reading.map((at) => countOf(at, status))
      expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    }
  }
  expect(await pool().query('SELECT 1 FROM "JobEnding"')).toMatchObject({ rowCount: 0 })
}, 90_000)

const later = { delayMs: 3_600_000 }

test('times are kept in bins, with their sum', async () => {
  await pool().query('TRUNCATE "JobEnding", "JobTotal"')
  const note = `INSERT INTO "JobEnding" (queue, type, status, count, waits, runs)
    VALUES ('q', 't', 'COMPLETED', 3, '{0.5, 3, 1000}', '{8, 8, 8}')`
  await pool().query(note)
  await foldEndings()
  await pool().query(note)
  expect(await readTotals()).toEqual([
    {
      ...{ queue: 'q', type: 't', status: 'COMPLETED', count: 6 },
      ...{ waits: { 0: 2, 7: 2, 40: 2 }, waitSeconds: expect.closeTo(2 * 1.0035) },
      ...{ runs: { 13: 6 }, runSeconds: expect.closeTo(2 * 0.024) },
    },
  ])
})
