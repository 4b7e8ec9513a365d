import type { Operation } from './operation'
import { batchOperations } from './operations/batches'
import { fileOperations } from './operations/files'
import { jobOperations } from './operations/jobs'
import { scheduleOperations } from './operations/schedules'
import { serviceOperations } from './operations/service'
import { webhookOperations } from './operations/webhooks'

/** Every call of the HTTP API. A route without an entry here fails a test. */
export const operations: readonly Operation[] = [
  ...jobOperations,
  ...batchOperations,
  ...scheduleOperations,
  ...fileOperations,
  ...webhookOperations,
  ...serviceOperations,
]
