import { afterAll, beforeAll } from 'vitest'
import { closePool } from '@/lib/db/pool'
import { closeQueues } from '@/lib/queue/backend'
import { createDatabase } from './postgres'

/** Gives the test file a database of its own, in the environment that `lib` reads. */
export function ownDatabase(environment: Record<string, string> = {}): void {
  let drop: (() => Promise<void>) | undefined
  beforeAll(async () => {
    const database = await createDatabase()
    drop = database.drop
    Object.assign(process.env, { DATABASE_URL: database.url, ...environment })
  })
  afterAll(async () => {
    await closeQueues()
    await closePool()
    await drop?.()
  })
}
