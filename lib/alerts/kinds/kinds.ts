import { disk, noTaker, redis, scheduleMissed, workerLost } from './installation-kinds'
import { depth, failureRate, failuresInARow, oldestWaiting } from './job-kinds'
import type { AlertKind } from './kind'

/** Everything that rules can watch, by the name that records keep. */
export const kinds = {
  'failures-in-a-row': failuresInARow,
  'failure-rate': failureRate,
  'oldest-waiting': oldestWaiting,
  depth,
  'no-taker': noTaker,
  'worker-lost': workerLost,
  'schedule-missed': scheduleMissed,
  disk,
  redis,
} as const satisfies Record<string, AlertKind>

export type KindName = keyof typeof kinds

export const kindNames = Object.keys(kinds).filter(isKindName)

export function isKindName(name: string): name is KindName {
  return Object.hasOwn(kinds, name)
}

/** Undefined for a kind that this version does not know. */
export function findKind(name: string): AlertKind | undefined {
  return isKindName(name) ? kinds[name] : undefined
}
