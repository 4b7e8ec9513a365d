import type { Stage } from './stage'

/** What carries the queues. */
export type Backend = 'postgresql' | 'redis'

/** What a cell saw, besides what the records and the ledger show. */
export type Observation = {
  /** Longest time from the fault, or from its end, until the work went on. */
  recoveryMs: number
  /** What was wrong, in sentences. */
  problems?: string[]
}

/** One fault on one backend. */
export type Cell = {
  name: string
  /** The fault, in the words of the table. */
  fault: string
  backend: Backend
  /** Longest recovery that is right. */
  boundMs: number
  /** Runs with `--long` only. */
  long?: boolean
  /** Runs with `--soak` only, for as many minutes as that says. */
  soak?: boolean
  /** Also runs in `npm test`, on one backend or on each: it needs nothing built, and little time. */
  quick?: Backend | 'each'
  /** Measures times that other cells would disturb. */
  alone?: boolean
  /** The fault hits PostgreSQL itself, so the cell has a server of its own. */
  ownServer?: boolean
  /** Redis keeps no append-only file. */
  withoutAof?: boolean
  /** How Redis is set up; default: one server. */
  redis?: 'standalone' | 'sentinel' | 'cluster'
  /** Longest the cell may take, where its fault lasts long. */
  limitMs?: number
  run(stage: Stage): Promise<Observation>
}

/** How a cell is run. */
export type Terms = {
  /** Decides all that the cell leaves to chance. */
  seed: number
  /** Loads are as small as shows the fault: for `npm test`. */
  small: boolean
  /** How long a soak lasts. */
  minutes: number
}

/** The same fault on both backends. */
export function onBoth(cell: Omit<Cell, 'backend'>): Cell[] {
  return [
    { ...cell, backend: 'postgresql' },
    { ...cell, backend: 'redis' },
  ]
}

/** Stated bounds, in milliseconds. */
export const BOUNDS = {
  /** From a worker's death to the next attempt of what it held. */
  workerDeath: 45_000,
  /** From the loss of a queue, or its return, until it holds all that is to run. */
  queueLoss: 60_000,
  /** From the moment a restarted database answers. */
  databaseRestart: 15_000,
  /** From the end of what cut connections: a delivery lost on its way comes back like a dead worker's. */
  network: 45_000,
  /** Until what a handler gave, whatever it was, is an ending. */
  ending: 15_000,
} as const
