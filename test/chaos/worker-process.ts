import { probeJobs } from '@/test/support/probe'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'
import { BALLAST_QUEUE } from './ballast'
import { chaosJobs, novelJobs } from './jobs'

// A worker program that serves the types the faults need. ALL_JOBS: those of the catalog too;
// NEW_VERSION: one type more than others know.
const jobs = [
  ...(process.env.ALL_JOBS ? catalogJobs(handlers) : []),
  ...chaosJobs,
  ...(process.env.NEW_VERSION ? novelJobs : []),
  ...probeJobs,
]
const queues = new Set(jobs.map(({ definition }) => definition.queue))

const worker = await startWorker({ jobs, version: 'test' })
const supervisor = startSupervisor([...queues, BALLAST_QUEUE])
process.on('SIGTERM', async () => {
  await worker.stop(Number(process.env.GRACE_MS ?? 20_000))
  await supervisor.stop()
  process.exit(0)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'ready', workerId: worker.workerId })
