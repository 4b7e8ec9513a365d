import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'
import { probeJobs } from './probe'

// A worker program that serves the probes, for tests that kill it.
const worker = await startWorker({ jobs: probeJobs, version: 'test' })
const supervisor = startSupervisor(['probe'])
process.on('SIGTERM', async () => {
  await worker.stop(Number(process.env.GRACE_MS ?? 20_000))
  await supervisor.stop()
  process.exit(0)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'ready', workerId: worker.workerId })
