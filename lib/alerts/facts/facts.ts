import type pg from 'pg'
import { ENDED, type Ended } from './ended'
import { readDisk, readRedisWarnings } from './servers'
import { STREAKS, type Streak } from './streaks'
import { LOST_WORKERS, type LostWorker, MISSED_RUNS, type MissedRun } from './trouble'
import { UNTAKEN, type Untaken } from './untaken'
import { WAITING, type Waiting } from './waiting'

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
  const rows = async <Row extends pg.QueryResultRow>(
    name: FactName,
    query: string | pg.QueryConfig,
  ) => (wanted.has(name) ? (await client.query<Row>(query)).rows : undefined)
  return {
    at,
    streaks: await rows<Streak>('streaks', STREAKS),
    ended: await rows<Ended>('ended', ENDED),
    waiting: await rows<Waiting>('waiting', WAITING),
    untaken: await rows<Untaken>('untaken', UNTAKEN),
    lostWorkers: await rows<LostWorker>('lostWorkers', LOST_WORKERS),
    missedRuns: await rows<MissedRun>('missedRuns', MISSED_RUNS),
  }
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
