import { randomUUID } from 'node:crypto'
import { pool } from './pool'

/** A holder that says nothing for so long has lost its lease: it died, or stands still. */
const TERM = `interval '10 seconds'`
/** A lease that was taken less long ago is not taken again. */
const RENEW_AFTER_MS = 2_000

const TAKE = `
INSERT INTO "Lease" (name, holder, until) VALUES ($1, $2::uuid, now() + ${TERM})
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE "Lease".holder = excluded.holder OR "Lease".until < now()
RETURNING name
`

const RETURN = `DELETE FROM "Lease" WHERE name = $1 AND holder = $2::uuid`

/** Says that the work goes on; false once somebody else does it. */
export type Renew = () => Promise<boolean>

/**
 * Runs `work` unless somebody else is at it, in any process. Unlike a lock it ends by itself when its
 * holder stands still, so what runs under it must bear that two are at it for a moment.
 * @returns undefined when somebody else is at it
 */
export async function withLease<T>(
  name: string,
  work: (renew: Renew) => Promise<T>,
): Promise<T | undefined> {
  const holder = randomUUID()
  let takenAt = 0
  const take = async () => {
    takenAt = performance.now()
    return (await pool().query(TAKE, [name, holder])).rowCount === 1
  }
  const renew = async () => performance.now() - takenAt < RENEW_AFTER_MS || take()
  if (!(await take())) return undefined
  try {
    return await work(renew)
  } finally {
    // One that is not returned runs out.
    await pool()
      .query(RETURN, [name, holder])
      .catch(() => undefined)
  }
}
