import pg from 'pg'
import { isDatabaseAway } from '@/lib/db/away'
import { isRefusal } from '@/lib/db/refusal'
import { logger } from '@/lib/telemetry/logger'

/** Rows that wait for something to be made of them. */
export type Backlog<Id> = {
  /** What it is made of, e.g. `notification`: log lines name it with its id. */
  name: string
  /** The ids of those that wait, the oldest first. */
  find(limit: number): Promise<Id[]>
  /** Works off those of these that still wait and that nobody else is at, all or none; how many. */
  handle(ids: Id[]): Promise<number>
  /** Lets one wait no longer, of which nothing can be made. */
  setAside(id: Id): Promise<void>
}

/**
 * Works off a backlog. What goes wrong together is split: what is refused even alone is set aside, with
 * its reason in the log, and holds up nothing else.
 * @param batch how many are worked off together
 * @param mayGoOn asked between two batches
 * @throws when PostgreSQL is away, or in no state to do it: then all of it waits
 */
export async function workOff<Id extends string | bigint>(
  backlog: Backlog<Id>,
  batch = 100,
  mayGoOn: () => Promise<boolean> = async () => true,
): Promise<void> {
  let count: number
  do {
    const ids = await backlog.find(batch)
    count = ids.length > 0 ? await handle(backlog, ids) : 0
  } while (count === batch && (await mayGoOn()))
}

async function handle<Id extends string | bigint>(
  backlog: Backlog<Id>,
  ids: Id[],
): Promise<number> {
  try {
    return await backlog.handle(ids)
  } catch (error) {
    if (isDatabaseAway(error) || (error instanceof pg.DatabaseError && !isRefusal(error))) {
      throw error
    }
    const [only] = ids
    if (only !== undefined && ids.length === 1) {
      const { name } = backlog
      logger('supervisor').error({ err: error, id: String(only) }, `A ${name} is set aside`)
      await backlog.setAside(only)
      return 1
    }
    const half = ids.length >> 1
    return (await handle(backlog, ids.slice(0, half))) + (await handle(backlog, ids.slice(half)))
  }
}
