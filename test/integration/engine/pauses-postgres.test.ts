import { describe } from 'vitest'
import { ownDatabase } from '@/test/support/own-database'
import { describePauses } from './pauses-suite'

describe('a pause with queues in PostgreSQL', () => {
  ownDatabase()
  describePauses()
})
