import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { config } from '@/lib/config/config'
import { migrationsMissing } from '@/lib/db/pending-migrations'
import { closePool } from '@/lib/db/pool'
import { definitions, queueNames } from '@/lib/jobs/catalog'
import { requireSound } from '@/lib/jobs/check-definition'
import { closeQueues } from '@/lib/queue/backend'
import { logger } from '@/lib/telemetry/logger'
import { startTracing } from '@/lib/telemetry/start'
import { stopTracing } from '@/lib/telemetry/tracing'
import packageJson from '@/package.json' with { type: 'json' }
import { ensureAlertDefaults } from '@/workers/supervisor/alerts/defaults'
import { sealScheduleInputs } from '@/workers/supervisor/schedules/seal-inputs'
import { ensureSystemSchedules } from '@/workers/supervisor/schedules/system'
import { handlers } from './handlers'
import { recordCrashes } from './runtime/crash'
import { catalogJobs } from './runtime/registry'
import { serveApart } from './runtime/serve-apart'
import { startWorker } from './runtime/worker'
import { startSupervisor } from './supervisor/supervisor'

/** Running jobs may take this long to end after SIGTERM; then they are handed back. */
const GRACE_MS = { production: 20_000, development: 1_000, test: 20_000 }
/** The program ends by then, whatever still hangs: grace and handing back take 27 s, the rest moments. */
const DEADLINE_MS = 40_000

/** The program's argument in the processes it starts for single attempts. */
const APART = '--apart'

async function main(): Promise<void> {
  requireSound(definitions)
  const missing = await migrationsMissing()
  if (missing) throw new Error(`The database is not up to date: ${missing}`)
  await startTracing({ name: 'millrace-worker', version: packageJson.version })
  const worker = await startWorker({
    jobs: catalogJobs(handlers),
    version: packageJson.version,
    startApart: () => fork(fileURLToPath(import.meta.url), [APART], { serialization: 'advanced' }),
  })
  recordCrashes(worker.workerId)
  await ensureSystemSchedules()
  await sealScheduleInputs()
  await ensureAlertDefaults()
  const supervisor = startSupervisor(queueNames, worker.workerId)
  let stopping = false

  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), DEADLINE_MS).unref()
    await worker.stop(GRACE_MS[config().mode])
    await supervisor.stop()
    await closeQueues()
    await closePool()
    await stopTracing()
    process.exit(0)
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  // The launcher went away without a word.
  process.on('disconnect', stop)
  logger('worker').info({ workerId: worker.workerId }, 'Ready')
  process.send?.({ type: 'ready' })
}

if (process.argv.includes(APART)) {
  serveApart(catalogJobs(handlers))
} else {
  main().catch((error: unknown) => {
    logger('worker').fatal({ err: error }, 'The worker could not start')
    process.exit(1)
  })
}
