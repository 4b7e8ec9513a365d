import { v7 as uuidv7 } from 'uuid'
import { pool } from '@/lib/db/pool'

const INSERT = `
INSERT INTO "Worker" (id, host, pid, version, queues, "queueMarker", "heartbeatAt")
VALUES ($1, 'elsewhere', 4711, 'test', '{probe}', $2, now() - $3 * interval '1 second')
`

/** The record of a worker that serves another queue, and said so many seconds ago that it lives. */
export async function recordWorker(queueMarker: string, silentSeconds = 0): Promise<string> {
  const id = uuidv7()
  await pool().query(INSERT, [id, queueMarker, silentSeconds])
  return id
}

/** Goes on saying that it lives while `work` runs. */
export async function whileItLives<T>(id: string, work: () => Promise<T>): Promise<T> {
  const beat = () => pool().query('UPDATE "Worker" SET "heartbeatAt" = now() WHERE id = $1', [id])
  const timer = setInterval(() => beat().catch(() => undefined), 250)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await pool().query('DELETE FROM "Worker" WHERE id = $1', [id])
  }
}
