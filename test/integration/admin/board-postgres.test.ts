import { describe } from 'vitest'
import { createDatabase } from '@/test/support/postgres'
import { describeBoard } from './board-suite'

describe('Bull Board over queues in PostgreSQL', () => {
  describeBoard(async () => {
    const database = await createDatabase()
    process.env.DATABASE_URL = database.url
    delete process.env.REDIS_URL
    return () => database.drop()
  })
})
