import { isDatabaseAway } from '@/lib/db/away'
import { logger } from '@/lib/log/logger'

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

const BATCH = 100

/**
 * Works off a backlog. What goes wrong together is tried one by one: what is refused even alone is set
 * aside, with its reason in the log, and holds up nothing else.
 * @throws when PostgreSQL is away: then all of it waits
 */
export async function workOff<Id extends string | bigint>(backlog: Backlog<Id>): Promise<void> {
  let count: number
  do {
    const ids = await backlog.find(BATCH)
    count = ids.length > 0 ? await handle(backlog, ids) : 0
  } while (count === BATCH)
}

async function handle<Id extends string | bigint>(
  backlog: Backlog<Id>,
  ids: Id[],
): Promise<number> {
  try {
    return await backlog.handle(ids)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    const [only, ...others] = ids
    if (only !== undefined && others.length === 0) {
      const { name } = backlog
      logger('notifier').error({ err: error, id: String(only) }, `A ${name} is set aside`)
      await backlog.setAside(only)
      return 1
    }
    let count = 0
    for (const id of ids) count += await handle(backlog, [id])
    return count
  }
}
