import type { MaintenanceTask } from '@/lib/jobs/types/maintenance'
import type { Handler } from '@/workers/runtime/handler'
import type { Task } from './maintenance/task'

/** One loader per task, each in a file of its own. */
const tasks: Record<MaintenanceTask, () => Promise<Task>> = {
  retention: async () => (await import('./maintenance/retention')).retention,
  digest: async () => (await import('./maintenance/digest')).digest,
  // Figures of short spans go once longer ones tell enough of that time.
  rollup: async () => {
    const { pruneFigures } = await import('@/lib/metrics/totals')
    return async () => ({ figures: await pruneFigures() })
  },
  'remove-user': async () => (await import('./maintenance/remove-user')).removeUser,
}

/** Runs a task of the system. */
export const maintenance: Handler<'maintenance'> = async (job) => {
  const task = await tasks[job.input.task]()
  return task(job)
}
