import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { probeJobs } from '@/test/support/probe'
import { handlers } from '@/workers/handlers'
import { recordCrashes } from '@/workers/runtime/crash'
import { catalogJobs } from '@/workers/runtime/registry'
import { serveApart } from '@/workers/runtime/serve-apart'
import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'
import { BALLAST_QUEUE } from './ballast'
import { chaosJobs, newerJobs } from './jobs'

const APART = '--apart'

// A worker program that serves the types the faults need. ALL_JOBS: those of the catalog too;
// NEW_VERSION: one type more than others know, and newer inputs of another.
const jobs = [
  ...(process.env.ALL_JOBS ? catalogJobs(handlers) : []),
  ...chaosJobs,
  ...(process.env.NEW_VERSION ? newerJobs : []),
  ...probeJobs,
]

if (process.argv.includes(APART)) serveApart(jobs)
else await main()

async function main(): Promise<void> {
  const queues = new Set(jobs.map(({ definition }) => definition.queue))
  const worker = await startWorker({
    jobs,
    version: 'test',
    startApart: () => fork(fileURLToPath(import.meta.url), [APART], { serialization: 'advanced' }),
  })
  recordCrashes(worker.workerId)
  const supervisor = startSupervisor([...queues, BALLAST_QUEUE], worker.workerId)
  process.on('SIGTERM', async () => {
    await worker.stop(Number(process.env.GRACE_MS ?? 20_000))
    await supervisor.stop()
    process.exit(0)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ type: 'ready', workerId: worker.workerId })
}
