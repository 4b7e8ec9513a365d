import { describe } from 'vitest'
import { createDatabase } from '@/test/support/postgres'
import { describeEngine } from './suite'

describe('the engine with its queues in PostgreSQL', () => {
  describeEngine(async () => {
    const database = await createDatabase()
    process.env.DATABASE_URL = database.url
    delete process.env.REDIS_URL
    return () => database.drop()
  })
})
