import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { readTotals } from '@/lib/metrics/totals'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

/** The statements of the migration that carry figures over. */
async function carryOver(): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '../../prisma/migrations')
  const sql = await readFile(`${folder}/20261128110001_endings/migration.sql`, 'utf8')
  const from = sql.indexOf('LOCK TABLE')
  await pool().query(sql.slice(from, sql.indexOf('-- Workers of the version before')))
}

test('figures of the version before are carried over', async () => {
  await pool().query(`
    ALTER TABLE "JobEnding" DISABLE TRIGGER "JobEnding_note";
    INSERT INTO "JobEnding" (queue, type, status, count, waits, runs)
    VALUES ('q', 't', 'COMPLETED', 2, '{0.5, 3}', '{8, 8}'), ('q', 't', 'RETRYING', 1, '{}', '{}');
    INSERT INTO "JobTotal" (queue, type, status, count, waits, "waitSeconds", runs, "runSeconds")
    VALUES ('q', 't', 'COMPLETED', 5, '{"0": 4, "40": 1}', 1, '{"13": 5}', 0.04);
    INSERT INTO "Rollup" (span, start, queue, type, completed, failed, canceled, waits, runs)
    VALUES (60, '2026-03-01T10:00Z', 'q', 't', 0, 3, 1, '{"0": 4}', '{"13": 3}')`)
  await carryOver()
  const kind = { queue: 'q', type: 't' }
  expect(await readTotals()).toEqual(
    expect.arrayContaining([
      {
        ...{ ...kind, status: 'COMPLETED', count: 7 },
        ...{ waits: { 0: 5, 7: 1, 40: 1 }, waitSeconds: expect.closeTo(1.0035) },
        ...{ runs: { 13: 7 }, runSeconds: expect.closeTo(0.056) },
      },
      {
        ...{ ...kind, status: 'RETRYING', count: 1 },
        ...{ waits: {}, waitSeconds: 0, runs: {}, runSeconds: 0 },
      },
    ]),
  )
  const { rows } = await pool().query(
    `SELECT status, count::int, waits, runs FROM "Figure" WHERE span = 60 ORDER BY status`,
  )
  expect(rows).toEqual([
    { status: 'FAILED', count: 3, waits: { 0: 4 }, runs: { 13: 3 } },
    { status: 'CANCELED', count: 1, waits: {}, runs: {} },
  ])
})
