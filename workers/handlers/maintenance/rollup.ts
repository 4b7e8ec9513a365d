import { pruneFigures } from '@/lib/metrics/totals'
import type { Task } from './task'

/** Removes figures of short spans once longer ones tell enough of that time. */
export const rollup: Task = async () => ({ figures: await pruneFigures() })
