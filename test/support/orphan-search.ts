import { HEARTBEAT_MS } from '@/workers/runtime/heartbeat'
import { createOrphanSearch } from '@/workers/supervisor/orphans'

/** A search for dead workers, by a clock that goes only when a test says so. */
export function orphanSearch(ownId?: string) {
  let time = 0
  const search = createOrphanSearch(ownId, () => time)
  return {
    search,
    /** Searches as often as a supervisor does in that time, and once at its beginning. */
    async searchFor(ms: number): Promise<void> {
      await search()
      for (const end = time + ms; time < end; ) {
        time += HEARTBEAT_MS
        await search()
      }
    },
    /** Lets time pass in which this process slept. */
    sleep(ms: number): void {
      time += ms
    },
  }
}
