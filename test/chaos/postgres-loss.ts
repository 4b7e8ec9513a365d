import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { waitUntil } from '@/bin/postgres/processes'
import { isAlive } from '@/bin/setup/processes.mjs'
import { prisma } from '@/lib/db/prisma'
import {
  casualties,
  keepPosting,
  post,
  startApplication,
  unexpected,
  webhookTo,
} from './application'
import { BOUNDS, type Cell, onBoth } from './cell'
import { lastEndAfter, untilEnded } from './load'
import type { Stage } from './stage'

const boundMs = BOUNDS.databaseRestart
const LIMIT_MS = 120_000

/** Webhooks whose receiver takes longer than the database is away, so that they outlive it. */
const SLOW = 5
const SLOW_MS = 25_000

function restarted(seconds: number): Cell[] {
  return onBoth({
    name: `postgres-restarted-${seconds}s`,
    fault: `PostgreSQL immediate stop, restart after ${seconds} s`,
    boundMs,
    ownServer: true,
    async run(stage) {
      const application = await startApplication(stage)
      application.receiver.behave('/slow', (response) => {
        setTimeout(() => response.end('ok'), SLOW_MS)
      })
      for (let sent = 0; sent < SLOW; sent++) {
        await post(stage, application, webhookTo(application, '/slow'))
      }
      const client = keepPosting(stage, application)
      await client.answered(60)
      await crash(stage)
      await pause(seconds * 1_000)
      await stage.server().restart()
      const over = Date.now()
      const meanwhile = client.ids()
      await client.answered(60)
      const answers = await client.stop()
      const ended = await untilEnded(LIMIT_MS)
      const refused = answers.some(({ status }) => status === 503)
      const lost = await prisma().attempt.count({ where: { outcome: 'LOST' } })
      return {
        recoveryMs: await lastEndAfter(over, meanwhile),
        problems: [
          ...(ended ? [] : ['Not all jobs ended in time']),
          ...(refused ? [] : ['The API never said 503']),
          ...(lost === 0 ? [] : [`${lost} attempts counted as lost, though no worker died`]),
          ...casualties(application),
          ...unexpected(answers, [202, 503]),
        ],
      }
    },
  })
}

/** What `pg_ctl stop -m immediate` does: every process ends at once, nothing is flushed. */
export async function crash(stage: Stage): Promise<void> {
  const pid = stage.server().pid()
  if (!pid) throw new Error('The PostgreSQL server does not run')
  process.kill(pid, 'SIGQUIT')
  if (!(await waitUntil(() => !isAlive(pid), LIMIT_MS))) throw new Error('It does not stop')
}

const TERMINATE = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
`
const STORM_MS = 10_000
const BETWEEN_MS = 500

const terminated = onBoth({
  name: 'postgres-terminated',
  fault: 'every connection terminated, twice a second for 10 s',
  boundMs: BOUNDS.network,
  async run(stage) {
    const application = await startApplication(stage)
    const client = keepPosting(stage, application)
    await client.answered(60)
    const killer = new pg.Client(stage.databaseUrl)
    await killer.connect()
    for (let storm = 0; storm < STORM_MS / BETWEEN_MS; storm++) {
      await killer.query(TERMINATE)
      await pause(BETWEEN_MS)
    }
    const over = Date.now()
    await killer.end()
    const meanwhile = client.ids()
    await client.answered(60)
    const answers = await client.stop()
    const ended = await untilEnded(LIMIT_MS)
    return {
      recoveryMs: await lastEndAfter(over, meanwhile),
      problems: [
        ...(ended ? [] : ['Not all jobs ended in time']),
        ...casualties(application),
        ...unexpected(answers, [202, 503]),
      ],
    }
  },
})

/** PostgreSQL crashed and its connections cut. */
export const postgresLoss: Cell[] = [...restarted(3), ...restarted(20), ...terminated]
