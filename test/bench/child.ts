import { closePool } from '@/lib/db/pool'
import { closeQueues } from '@/lib/queue/backend'
import { type MeasureName, measures } from './measures'

// One measure in a process of its own: what an earlier one left in memory does not count.
const [, , name = '', count = ''] = process.argv

function isMeasure(value: string): value is MeasureName {
  return value in measures
}

if (!isMeasure(name)) throw new Error(`No such measure: ${name}`)
const figures = await measures[name](Number(count))
await closeQueues()
await closePool()
process.send?.(figures, () => process.exit(0))
