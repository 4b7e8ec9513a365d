import type { MaintenanceInput } from '@/lib/jobs/types/maintenance'
import type { JobContext } from '@/workers/runtime/handler'

/** Work of the system, in slices; answers how much of what it did. May run twice for one purpose. */
export type Task = (job: JobContext<MaintenanceInput>) => Promise<Record<string, number>>
