import { pool } from '@/lib/db/pool'
import '@/workers/supervisor/schedules/fire-due'
import { startScheduler } from '@/workers/supervisor/scheduler'

// A process that fires schedules by a clock which a test sets: the one row of the table TestClock.
const scheduler = startScheduler(async () => {
  const { rows } = await pool().query<{ at: Date }>('SELECT at FROM "TestClock"')
  if (!rows[0]) throw new Error('The clock is not set')
  return rows[0].at
})
process.on('SIGTERM', async () => {
  await scheduler.stop()
  process.exit(0)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'ready' })
