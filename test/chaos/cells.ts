import type { Cell } from './cell'
import { clock } from './clock'
import { crashPoints } from './crash-points'
import { disk } from './disk'
import { network } from './network'
import { postgresLoss } from './postgres-loss'
import { receivers } from './receivers'
import { redisLoss } from './redis-loss'
import { workerDeath } from './worker-death'

/** Every fault on every backend it concerns; those that take longest come first. */
export const cells: readonly Cell[] = [
  ...receivers,
  ...workerDeath,
  ...network,
  ...clock,
  ...crashPoints,
  ...postgresLoss,
  ...redisLoss,
  ...disk,
]

/** How a person names one cell. */
export function cellId({ name, backend }: Pick<Cell, 'name' | 'backend'>): string {
  return `${name}/${backend}`
}

/**
 * The cells to run.
 * @param names parts of names, e.g. `redis-down` or `worker-killed/redis`; none: all
 * @param long also the cells that take minutes each
 */
export function selectCells(names: readonly string[], long: boolean): Cell[] {
  return cells.filter((cell) => {
    const named = names.some((name) => cellId(cell).includes(name))
    return (names.length === 0 || named) && (long || !cell.long)
  })
}
