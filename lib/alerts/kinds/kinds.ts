import { depth } from './depth'
import { disk } from './disk'
import { failureRate } from './failure-rate'
import { failuresInARow } from './failures-in-a-row'
import type { AlertKind } from './kind'
import { noTaker } from './no-taker'
import { oldestWaiting } from './oldest-waiting'
import { redis } from './redis'
import { scheduleMissed } from './schedule-missed'
import { workerLost } from './worker-lost'

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
