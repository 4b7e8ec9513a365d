import type pg from 'pg'

/** A worker that stopped answering without a word. */
export type LostWorker = { host: string; pid: number; queues: string[]; lostAt: Date }

const LOST = `
SELECT host, pid, queues, "lostAt" FROM "Worker"
WHERE "lostAt" > now() - interval '1 hour' ORDER BY "lostAt" DESC LIMIT 100
`

/** Workers that were given up within the last hour, and have not come back. */
export async function readLostWorkers(client: pg.PoolClient): Promise<LostWorker[]> {
  return (await client.query<LostWorker>(LOST)).rows
}
