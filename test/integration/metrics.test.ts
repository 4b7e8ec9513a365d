import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { rollUp } from '@/lib/metrics/roll-up'
import { forkWorker, handlerFiles, kill, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'

ownDatabase()

/** What is kept in roll-ups of one length, and what counting the jobs themselves gives. */
async function compare(seconds: number): Promise<{ kept: unknown[]; counted: unknown[] }> {
  const kept = await pool().query(
    `SELECT start, queue, type, completed, failed, canceled,
      (SELECT sum(value::int)::int FROM jsonb_each_text(waits)) AS waited,
      (SELECT sum(value::int)::int FROM jsonb_each_text(runs)) AS ran
     FROM "Rollup" WHERE span = $1 ORDER BY start, queue, type`,
    [seconds],
  )
  const counted = await pool().query(
    `SELECT to_timestamp(floor(extract(epoch FROM "finishedAt") / $1) * $1) AS start, queue, type,
      count(*) FILTER (WHERE status = 'COMPLETED')::int AS completed,
      count(*) FILTER (WHERE status = 'FAILED')::int AS failed,
      count(*) FILTER (WHERE status = 'CANCELED')::int AS canceled,
      NULLIF(count(*) FILTER (WHERE "startedAt" IS NOT NULL), 0)::int AS waited,
      NULLIF(count(*) FILTER (WHERE "startedAt" IS NOT NULL AND status <> 'CANCELED'), 0)::int AS ran
     FROM "Job" WHERE "finishedAt" IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [seconds],
  )
  return { kept: kept.rows, counted: counted.rows }
}

async function expectExact(): Promise<void> {
  for (const seconds of [60, 900, 3600]) {
    const { kept, counted } = await compare(seconds)
    expect(kept, `spans of ${seconds} s`).toEqual(counted)
  }
}

/** Ended jobs out of nothing: `count` of them, one every `everySeconds` back from now. */
async function createHistory(count: number, everySeconds: number): Promise<void> {
  await pool().query(
    `INSERT INTO "Job" (id, type, queue, status, title, input, "maxAttempts", backoff, "timeoutMs",
       "inputHash", attempt, "createdAt", "runAt", "startedAt", "finishedAt")
     SELECT gen_random_uuid(), 'old-' || n % 3, 'history',
       (ARRAY['COMPLETED', 'COMPLETED', 'FAILED', 'CANCELED'])[1 + n % 4]::"JobStatus",
       'Old', '{}', 1, '{}', 1000, '', 1, at - interval '3 seconds', at - interval '3 seconds',
       at - interval '2 seconds', at
     FROM generate_series(1, $1) n, LATERAL (SELECT now() - n * $2 * interval '1 second' AS at) t`,
    [count, everySeconds],
  )
}

describe('roll-ups', () => {
  test('agree with a plain count over history that was there before them', async () => {
    await createHistory(2_000, 300)
    await rollUp()
    const { kept } = await compare(3600)
    expect(kept.length).toBeGreaterThan(400)
    const hours = await compare(3600)
    expect(hours.kept).toEqual(hours.counted)
  })

  test('keep minutes for two days and hours for longer', async () => {
    const { rows } = await pool().query(
      `SELECT span, min(start) > now() - interval '2 days' AS young FROM "Rollup"
       WHERE span IN (60, 3600) GROUP BY span ORDER BY span`,
    )
    expect(rows).toEqual([
      { span: 60, young: true },
      { span: 3600, young: false },
    ])
  })

  test('follow when an old job is deleted, retried, or written late', async () => {
    await pool().query(`DELETE FROM "Job" WHERE "finishedAt" < now() - interval '5 days'`)
    await pool().query(
      `UPDATE "Job" SET status = 'QUEUED', "finishedAt" = NULL
       WHERE id IN (SELECT id FROM "Job" WHERE status = 'FAILED' LIMIT 50)`,
    )
    await pool().query(
      `UPDATE "Job" SET status = 'CANCELED', "finishedAt" = now() - interval '70 hours'
       WHERE id IN (SELECT id FROM "Job" WHERE status = 'QUEUED' LIMIT 20)`,
    )
    await rollUp()
    const hours = await compare(3600)
    expect(hours.kept).toEqual(hours.counted)
  })
})

describe('with workers that are killed', () => {
  let rolling = true
  let rolled: Promise<void>
  beforeAll(async () => {
    await pool().query('TRUNCATE "Job", "Rollup", "RollupState", "RollupChange" CASCADE')
    rolled = (async () => {
      while (rolling) await rollUp()
    })()
  })
  afterAll(() => {
    rolling = false
  })

  test('roll-ups agree with a plain count, whatever was retried, canceled and deleted', async () => {
    const admin = await createViewer('ADMIN')
    const files = await handlerFiles()
    const jobs = []
    for (let n = 0; n < 120; n++) {
      const job = await submit(probe, {
        failures: n % 4 === 0 ? 9 : 0,
        permanent: n % 8 === 0,
        ...(n >= 100 ? { gate: files.gate, effects: files.effects } : {}),
      })
      jobs.push(job)
    }
    const first = await forkWorker()
    await files.ran(5)
    await kill(first)
    for (let n = 0; n < 5; n++) {
      const { id } = await submit(probe, {}, { delayMs: 3600_000 })
      await cancelJob(admin, id)
    }
    await files.openGate()
    const second = await forkWorker()
    for (const { id } of jobs) await reaches(id, ['COMPLETED', 'FAILED'], 45_000)
    for (const { id } of jobs.slice(0, 10)) {
      await (id === jobs[0]?.id || id === jobs[8]?.id
        ? retryJob(admin, id).then(() => reaches(id, 'FAILED'))
        : removeJob(admin, id))
    }
    await kill(second, 'SIGTERM')
    rolling = false
    await rolled
    await rollUp()
    await expectExact()
    const { rows } = await pool().query(
      'SELECT sum(completed)::int AS completed, sum(canceled)::int AS canceled FROM "Rollup" WHERE span = 60',
    )
    expect(rows[0]).toMatchObject({ canceled: 5 })
    expect(rows[0]?.completed).toBeGreaterThan(50)
  }, 90_000)
})
