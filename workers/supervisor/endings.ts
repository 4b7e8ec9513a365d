import { withLease } from '@/lib/db/lease'
import { areEndingsNoted, notedEndings } from '@/lib/jobs/endings/follow'
import { workOff } from './work-off'

/** How often noted endings are looked for, in milliseconds: the longest that what follows is late. */
export const FOLLOW_INTERVAL_MS = 1_000

/** Endings taken in one transaction. */
const BATCH = 1_000

/**
 * Lets everything follow from the endings that were noted. One process at a time, which spares them each
 * other's locks; each note is taken once, however many are at it.
 * @param stopping breaks off between two batches
 */
export async function followEndings(stopping?: AbortSignal): Promise<void> {
  if (!(await areEndingsNoted())) return
  await withLease('endings', (renew) =>
    workOff(notedEndings, BATCH, async () => !stopping?.aborted && (await renew())),
  )
}
