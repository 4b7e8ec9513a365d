import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { prisma } from '@/lib/db/prisma'
import { casualties, keepPosting, startApplication, unexpected } from './application'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems, lastEndAfter } from './load'
import type { Random } from './random'
import type { Stage } from './stage'

const LIMIT_MS = 120_000

/**
 * Posts through the API before, during and after the trouble.
 * @param refuses requests that come meanwhile cannot be accepted
 */
async function survives(
  stage: Stage,
  { refuses }: { refuses: boolean },
  trouble: (url: string) => Promise<void>,
) {
  const application = await startApplication(stage)
  const client = keepPosting(stage, application)
  await client.answered(60)
  await trouble(stage.databaseUrl)
  const over = Date.now()
  const meanwhile = client.ids()
  await client.answered(60)
  const answers = await client.stop()
  const problems = await endedProblems(LIMIT_MS)
  const refused = answers.some(({ status }) => status === 503)
  const lost = await prisma().attempt.count({ where: { outcome: 'LOST' } })
  return {
    recoveryMs: await lastEndAfter(over, meanwhile),
    problems: [
      ...problems,
      ...(refused || !refuses ? [] : ['The API never said 503']),
      ...(lost === 0 ? [] : [`${lost} attempts counted as lost, though no worker died`]),
      ...casualties(application),
      ...unexpected(answers, [202, 503]),
    ],
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const LOCKED_MS = 20_000

const locked = onBoth({
  name: 'postgres-locked',
  fault: 'the table of jobs locked for 20 s [R10]',
  boundMs: BOUNDS.databaseRestart,
  run: (stage) =>
    survives(stage, { refuses: true }, (url) =>
      connected(url, async (client) => {
        await client.query('BEGIN; LOCK TABLE "Job" IN ACCESS EXCLUSIVE MODE')
        await pause(LOCKED_MS)
        await client.query('COMMIT')
      }),
    ),
})

const EXHAUSTED_MS = 10_000
const TERMINATE = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'millrace'
`

const exhausted = onBoth({
  name: 'postgres-connections',
  fault: `every connection taken by others for ${EXHAUSTED_MS / 1_000} s`,
  boundMs: BOUNDS.network,
  ownServer: true,
  run: (stage) =>
    survives(stage, { refuses: true }, (url) =>
      connected(url, async (killer) => {
        const taken: pg.Client[] = []
        const end = Date.now() + EXHAUSTED_MS
        const taking = async () => {
          // Sooner than Millrace, which connects at its next query.
          for (; Date.now() < end; await pause(5)) await takeAll(url, taken)
        }
        const terminating = async () => {
          for (; Date.now() < end; await pause(500)) await killer.query(TERMINATE)
        }
        await Promise.all([taking(), terminating()])
        await Promise.all(taken.map((client) => client.end().catch(() => undefined)))
      }),
    ),
})

/** Opens connections until PostgreSQL refuses. */
async function takeAll(url: string, taken: pg.Client[]): Promise<void> {
  for (;;) {
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    const refused = await client.connect().then(
      () => false,
      () => true,
    )
    if (refused) return
    taken.push(client)
  }
}

const DEADLOCKS_MS = 15_000
const QUARRELLERS = 3
const RECENT = `SELECT id FROM "Job" ORDER BY id DESC LIMIT 30`

const deadlocks = onBoth({
  name: 'postgres-deadlocks',
  fault: `jobs locked one by one in the wrong order for ${DEADLOCKS_MS / 1_000} s`,
  boundMs: BOUNDS.network,
  run: (stage) =>
    survives(stage, { refuses: false }, async (url) => {
      const end = Date.now() + DEADLOCKS_MS
      const quarrel = async () => {
        while (Date.now() < end) await lockInDisorder(url, stage.random)
      }
      await Promise.all(Array.from({ length: QUARRELLERS }, quarrel))
    }),
})

/** Whoever locks in another order than others may be the one whom PostgreSQL stops. */
async function lockInDisorder(url: string, random: Random): Promise<void> {
  await connected(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(RECENT)
    await client.query('BEGIN')
    for (const { id } of random.some(rows, 10)) {
      await client.query('SELECT FROM "Job" WHERE id = $1 FOR UPDATE', [id])
      await pause(50)
    }
    await client.query('COMMIT')
  }).catch(() => undefined)
}

/** PostgreSQL that answers, and does not let go on. */
export const postgresTrouble: Cell[] = [...locked, ...exhausted, ...deadlocks]
