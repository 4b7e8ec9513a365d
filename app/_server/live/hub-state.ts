import { v7 as uuidv7 } from 'uuid'
import type { Listening } from '@/lib/db/listen'
import type { ListedJob } from '@/lib/jobs/lists/listed'
import type { Recent } from './recent'

export type Subscriber = {
  /** Changed jobs, and the ids of those that are gone, as they are in the database now. */
  onChanges(jobs: ListedJob[], gone: string[]): void
  /** Notifications of these people came, or were read. */
  onNotices?(userIds: ReadonlySet<string>): void
  /** Notifications were missed: what is shown may be out of date. */
  onGap(): void
}

/** What the process knows of changes, and who wants to hear of them. */
export type Hub = {
  /** Tells this process's marks from those of others. */
  id: string
  subscribers: Set<Subscriber>
  changed: Set<string>
  /** People whose notifications changed. */
  told: Set<string>
  recent: Recent
  listening?: Listening | undefined
  gathering?: NodeJS.Timeout | undefined
  /** Ends the listening, unless somebody comes meanwhile. */
  lingering?: NodeJS.Timeout | undefined
}

declare global {
  // One per process: hot reload and separately bundled routes share it.
  var millraceLiveHub: Hub | undefined
}

/** The hub of this process. */
export function hub(): Hub {
  globalThis.millraceLiveHub ??= {
    id: uuidv7(),
    subscribers: new Set(),
    changed: new Set(),
    told: new Set(),
    recent: { heardAt: new Map(), since: undefined },
  }
  return globalThis.millraceLiveHub
}
