import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { recordCrashes } from '@/workers/runtime/crash'
import { serveApart } from '@/workers/runtime/serve-apart'
import { startWorker } from '@/workers/runtime/worker'
import { startSupervisor } from '@/workers/supervisor/supervisor'
import { probeJobs } from './probe'

const APART = '--apart'

// A worker program that serves the probes, for tests that kill it.
if (process.argv.includes(APART)) serveApart(probeJobs)
else await main()

async function main(): Promise<void> {
  const worker = await startWorker({
    jobs: probeJobs,
    version: 'test',
    startApart: () => fork(fileURLToPath(import.meta.url), [APART], { serialization: 'advanced' }),
  })
  recordCrashes(worker.workerId)
  const supervisor = startSupervisor(['probe'], worker.workerId)
  process.on('SIGTERM', async () => {
    await worker.stop(Number(process.env.GRACE_MS ?? 20_000))
    await supervisor.stop()
    process.exit(0)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ type: 'ready', workerId: worker.workerId })
}
