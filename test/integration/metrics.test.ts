import { beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { transaction } from '@/lib/db/transaction'
import { cancelJob, cancelJobs } from '@/lib/jobs/transitions/cancel'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { type JobTotal, pruneFigures, readTotals } from '@/lib/metrics/totals'
import { keepHistory } from '@/test/chaos/history'
import { figureProblems } from '@/test/chaos/verify/figures'
import { forkWorker, handlerFiles, kill, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'
import { followEndings } from '@/workers/supervisor/endings'

ownDatabase()

beforeAll(() => keepHistory())

const later = { delayMs: 3_600_000 }

function countOf(totals: JobTotal[], status: string): number {
  return totals.find((total) => total.type === 'probe' && total.status === status)?.count ?? 0
}

/** Lets figures follow, and reads them, again and again; `stop` answers each reading. */
function watch() {
  const readings: JobTotal[][] = []
  let watching = true
  const done = (async () => {
    while (watching) {
      await followEndings()
      readings.push(await readTotals())
    }
  })()
  return {
    async stop() {
      watching = false
      await done
      return readings
    },
  }
}

test('figures count every ending once, and never fall, whatever is killed, retried or deleted', async () => {
  const admin = await createViewer('ADMIN')
  const files = await handlerFiles()
  const watched = [watch(), watch()]
  const jobs: string[] = []
  for (let n = 0; n < 40; n++) {
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
  await followEndings()
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
  expect(await figureProblems(0)).toEqual([])
}, 90_000)

/** Endings that took so long, noted as statements note them. */
async function note(values: string): Promise<void> {
  await pool().query(`INSERT INTO "Ending" (queue, type, status, attempt, "waitedMs", "ranMs", at)
    SELECT 'q', 't', status::"JobStatus", 1, waited, ran, at::timestamptz
    FROM (VALUES ${values}) AS given (status, waited, ran, at)`)
}

test('times are kept in bins, with their sum, for every span', async () => {
  await pool().query('TRUNCATE "Figure"')
  const endings = `('COMPLETED', 0.5, 8, '2026-03-01T10:14:59.999Z'), ('COMPLETED', 3, 8, '2026-03-01T10:15:00Z'),
    ('COMPLETED', 1000, 8, '2026-03-01T10:15:59Z'), ('CANCELED', 1, 2, '2026-03-01T10:15:00Z'),
    ('RETRYING', 1, 2, '2026-03-01T10:15:00Z')`
  await note(endings)
  await followEndings()
  await note(endings)
  await followEndings()
  const kind = { queue: 'q', type: 't' }
  expect(await readTotals()).toEqual(
    expect.arrayContaining([
      {
        ...{ ...kind, status: 'COMPLETED', count: 6 },
        ...{ waits: { 0: 2, 7: 2, 40: 2 }, waitSeconds: expect.closeTo(2 * 1.0035) },
        ...{ runs: { 13: 6 }, runSeconds: expect.closeTo(2 * 0.024) },
      },
      {
        ...{ ...kind, status: 'CANCELED', count: 2 },
        ...{ waits: { 1: 2 }, waitSeconds: expect.closeTo(0.002), runs: {}, runSeconds: 0 },
      },
      {
        ...{ ...kind, status: 'RETRYING', count: 2 },
        ...{ waits: {}, waitSeconds: 0, runs: {}, runSeconds: 0 },
      },
    ]),
  )
  const { rows } =
    await pool().query(`SELECT span, to_char(start AT TIME ZONE 'UTC', 'HH24:MI') AS start,
    count::int FROM "Figure" WHERE span > 0 AND status = 'COMPLETED' ORDER BY span, start`)
  expect(rows).toEqual([
    { span: 60, start: '10:14', count: 2 },
    { span: 60, start: '10:15', count: 4 },
    { span: 900, start: '10:00', count: 2 },
    { span: 900, start: '10:15', count: 4 },
    { span: 3600, start: '10:00', count: 6 },
  ])
})

test('minutes are kept for two days, quarters for nine, hours for longer, totals for ever', async () => {
  await pool().query('TRUNCATE "Figure"')
  for (const days of [1, 3, 10, 401]) {
    const at = new Date(Date.now() - days * 24 * 3_600_000).toISOString()
    await note(`('COMPLETED', 1, 1, '${at}')`)
  }
  await followEndings()
  expect(await pruneFigures()).toBe(3 + 2 + 1)
  const { rows } = await pool().query(
    'SELECT span, sum(count)::int AS count FROM "Figure" GROUP BY span ORDER BY span',
  )
  const left = [4, 1, 2, 3]
  expect(rows).toEqual([0, 60, 900, 3600].map((span, at) => ({ span, count: left[at] })))
})
