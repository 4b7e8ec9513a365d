import '@/test/support/environment'
import { z } from 'zod'
import { cellId, cells } from './cells'
import { openStage } from './stage'
import { verify } from './verify/verify'

const terms = z.object({ seed: z.int(), small: z.boolean(), minutes: z.number() })

// One cell in a process of its own: its servers are named in its environment, and what it leaves
// behind ends with it.
const cell = cells.find((each) => cellId(each) === process.argv[2])
if (!cell) throw new Error(`There is no cell ${process.argv[2]}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1))
process.on('disconnect', () => process.exit(1))

const stage = await openStage(cell, terms.parse(JSON.parse(process.argv[3] ?? '')))
try {
  const { recoveryMs, problems = [] } = await cell.run(stage)
  const verified = await verify(stage.ledger, stage.expectations)
  process.send?.({ ...verified, recoveryMs, problems: [...problems, ...verified.problems] })
} finally {
  await stage.close()
}
process.exit(0)
