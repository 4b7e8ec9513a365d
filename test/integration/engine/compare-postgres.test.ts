import { describe } from 'vitest'
import { pool } from '@/lib/db/pool'
import { ownDatabase } from '@/test/support/own-database'
import { describeComparison } from './compare-suite'

describe('with the queue in PostgreSQL', () => {
  ownDatabase()

  // Its tables know no lists; what no worker will ever take is active without a lock.
  describeComparison(async (id) => {
    await pool().query(`UPDATE bullmq.job SET state = 'active' WHERE id = $1`, [id])
  })
})
