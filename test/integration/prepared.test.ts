import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { runPrepared } from '@/lib/db/prepared'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const SUM = 'SELECT $1::int + $2::int AS sum'
const sum = async () => (await runPrepared<{ sum: number }>('sum', SUM, [1, 2])).rows
const kept = async () => (await pool().query('SELECT name FROM pg_prepared_statements')).rows

test('a statement is parsed once, and each time where the connection forgets it', async () => {
  expect(await sum()).toEqual([{ sum: 3 }])
  expect(await kept()).toEqual([{ name: 'sum' }])
  // As a pooler does between two statements.
  await pool().query('DEALLOCATE ALL')
  expect(await sum()).toEqual([{ sum: 3 }])
  expect(await sum()).toEqual([{ sum: 3 }])
  expect(await kept()).toEqual([])
})

test('what a statement itself is refused for is its caller’s to hear', async () => {
  await expect(runPrepared('zero', 'SELECT 1 / $1::int', [0])).rejects.toThrow('division by zero')
})
