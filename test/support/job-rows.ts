import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'

/** Rows of an application's own database, as its worker would leave them. */
export type JobRows = {
  /** A worker that is taken to live for an hour, and does nothing. */
  worker(): Promise<string>
  job(row: Record<string, unknown>): Promise<string>
  attempt(row: Record<string, unknown>): Promise<void>
  /** The line's job learns of it as of a change. */
  log(jobId: string, level: 'INFO' | 'WARN' | 'ERROR', message: string): Promise<void>
}

/** Writes rows for this person. */
export function jobRows(client: pg.Client, ownerId: string): JobRows {
  async function insert(table: string, row: Record<string, unknown>): Promise<void> {
    const names = Object.keys(row)
    await client.query(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)})
       VALUES (${names.map((_name, index) => `$${index + 1}`)})`,
      Object.values(row),
    )
  }
  return {
    async worker() {
      const id = uuidv7()
      const heartbeatAt = new Date(Date.now() + 3600_000)
      await insert('Worker', { id, host: 'idle', pid: 1, version: '1', queues: '{}', heartbeatAt })
      return id
    },
    async job(row) {
      const id = uuidv7()
      const now = new Date()
      const [type, queue] = ['report', 'reports']
      await insert('Job', {
        ...{ id, type, queue, ownerId, title: 'Weekly report', input: '{}', tags: '{}' },
        ...{ maxAttempts: 3, backoff: '{}', timeoutMs: 60_000, inputHash: '', attempt: 1 },
        ...{ createdAt: now, runAt: now },
        ...row,
      })
      await insert('JobFacts', { jobId: id, ownerId, type: row.type ?? type, queue, text: '' })
      return id
    },
    attempt: (row) =>
      insert('Attempt', { number: 1, reason: 'FIRST', startedAt: new Date(), ...row }),
    async log(jobId, level, message) {
      await insert('JobLog', { jobId, attempt: 1, level, message })
      await client.query("SELECT pg_notify('millrace_jobs', $1)", [jobId])
    },
  }
}
