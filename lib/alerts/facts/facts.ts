import type pg from 'pg'
import { readDisk } from './disk'
import { type Ended, readEnded } from './ended'
import { type LostWorker, readLostWorkers } from './lost-workers'
import { type MissedRun, readMissedRuns } from './missed-runs'
import { readRedisWarnings } from './redis'
import { readStreaks, type Streak } from './streaks'
import { readUntaken, type Untaken } from './untaken'
import { readWaiting, type Waiting } from './waiting'

/** What rules are measured by; undefined where it is not asked for, or cannot be told now. */
export type Facts = {
  /** The database's time. */
  at: Date
  streaks?: Streak[] | undefined
  ended?: Ended[] | undefined
  waiting?: Waiting[] | undefined
  untaken?: Untaken[] | undefined
  lostWorkers?: LostWorker[] | undefined
  missedRuns?: MissedRun[] | undefined
  /** Share of the disk with the files that is used, 0 to 1; null when files are not kept on one. */
  disk?: number | null | undefined
  redis?: string[] | undefined
}

export type FactName = Exclude<keyof Facts, 'at'>

/** Finds out what is asked for of the database, with one query each, however many rules ask for it. */
export async function readRecorded(
  client: pg.PoolClient,
  at: Date,
  wanted: ReadonlySet<FactName>,
): Promise<Facts> {
  const facts: Facts = { at }
  if (wanted.has('streaks')) facts.streaks = await readStreaks(client)
  if (wanted.has('ended')) facts.ended = await readEnded(client)
  if (wanted.has('waiting')) facts.waiting = await readWaiting(client)
  if (wanted.has('untaken')) facts.untaken = await readUntaken(client)
  if (wanted.has('lostWorkers')) facts.lostWorkers = await readLostWorkers(client)
  if (wanted.has('missedRuns')) facts.missedRuns = await readMissedRuns(client)
  return facts
}

/** Finds out what is asked for of others than the database, which may take seconds to answer. */
export async function readSurroundings(
  wanted: ReadonlySet<FactName>,
): Promise<Pick<Facts, 'disk' | 'redis'>> {
  const [disk, redis] = await Promise.all([
    wanted.has('disk') ? readDisk() : undefined,
    wanted.has('redis') ? readRedisWarnings() : undefined,
  ])
  return { disk, redis }
}
