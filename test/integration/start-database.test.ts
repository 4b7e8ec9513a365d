import { expect, test } from 'vitest'
import { openDatabase } from '@/bin/launcher/database'
import { freePort } from '@/bin/launcher/ports'
import { databaseUrl } from '@/test/support/postgres'

/** What a person reads while the launcher looks for the operator's database. */
async function open(url: string) {
  const said: string[] = []
  const config = { databaseUrl: url, dataDir: '/unused' }
  const failure = await openDatabase(config, (line) => said.push(line), 1_200).then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { said, failure }
}

test('a database that answers is used as it is', async () => {
  expect(await open(databaseUrl('millrace'))).toEqual({ said: [], failure: undefined })
})

test('a database that says no is an error at once', async () => {
  const url = databaseUrl('absent')
  expect(await open(url)).toEqual({
    said: [],
    failure: `PostgreSQL at ${new URL(url).host} (DATABASE_URL) cannot be used: database "absent" does not exist`,
  })
})

test('a database that is away is waited for, for a while', async () => {
  const port = await freePort()
  const { said, failure } = await open(`postgresql://user:secret@127.0.0.1:${port}/x`)
  expect(said).toEqual([`Waiting for PostgreSQL at 127.0.0.1:${port} …`])
  expect(failure).toBe(
    `PostgreSQL at 127.0.0.1:${port} (DATABASE_URL) cannot be used: connect ECONNREFUSED 127.0.0.1:${port}`,
  )
})
