import { alerts } from './alerts'
import type { Wanted } from './arguments'
import { backends } from './backends'
import { cancels } from './cancels'
import type { Cell } from './cell'
import { clock } from './clock'
import { crashPoints } from './crash-points'
import { crowd } from './crowd'
import { disk } from './disk'
import { highAvailability } from './high-availability'
import { messages } from './messages'
import { network } from './network'
import { oddities } from './odd-results'
import { pauses } from './pauses'
import { poisons } from './poisons'
import { postgresLoss } from './postgres-loss'
import { postgresTrouble } from './postgres-trouble'
import { powerLoss } from './power-loss'
import { queueDamage } from './queue-damage'
import { queueLost } from './queue-lost'
import { receivers } from './receivers'
import { redisLoss } from './redis-loss'
import { retries } from './retries'
import { shutdown } from './shutdown'
import { soak } from './soak'
import { versions } from './versions'
import { workerDeath } from './worker-death'

/** Every fault on every backend it concerns; those that take longest come first. */
export const cells: readonly Cell[] = [
  ...receivers,
  ...poisons,
  ...queueLost,
  ...backends,
  ...queueDamage,
  ...highAvailability,
  ...workerDeath,
  ...pauses,
  ...crowd,
  ...network,
  ...clock,
  ...crashPoints,
  ...postgresLoss,
  ...postgresTrouble,
  ...powerLoss,
  ...redisLoss,
  ...shutdown,
  ...alerts,
  ...retries,
  ...versions,
  ...messages,
  ...oddities,
  ...cancels,
  ...disk,
  ...soak,
]

/** How a person names one cell. */
export function cellId({ name, backend }: Pick<Cell, 'name' | 'backend'>): string {
  return `${name}/${backend}`
}

/**
 * The cells to run: those whose names have one of the parts in them, e.g. `redis-down` or
 * `worker-killed/redis`; all without any. A soak runs alone, when asked for.
 */
export function selectCells({ names, long, soakMinutes }: Wanted): Cell[] {
  return cells.filter((cell) => {
    const named = names.some((name) => cellId(cell).includes(name))
    const wanted = Boolean(cell.soak) === soakMinutes > 0 && (long || !cell.long)
    return wanted && (names.length === 0 || named)
  })
}
