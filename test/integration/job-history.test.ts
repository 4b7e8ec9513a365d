import { beforeAll, describe, expect, test } from 'vitest'
import { findPeople } from '@/app/_server/auth/find-people'
import { listAskedFor } from '@/app/_server/jobs/asked-for'
import { countNow, countRecent } from '@/app/_server/jobs/count-now'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { csvLine, plainText } from '@/lib/format/csv'
import type { JobFilter } from '@/lib/jobs/lists/filter'
import { listJobs } from '@/lib/jobs/lists/list'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe } from '@/test/support/probe'

ownDatabase()

const later = { delayMs: 3600_000 }
let ann: ApiUser
let admin: ApiUser

beforeAll(async () => {
  ann = await createApiUser()
  admin = await createApiUser('ADMIN')
})

describe('the filter by owner', () => {
  const list = async (user: ApiUser, query: string) => {
    const response = await callApi(`GET /api/v1/jobs?${query}`, user)
    const { data = [] } = await response.json()
    return { status: response.status, ids: data.map(({ id }: { id: string }) => id) }
  }

  test('is for admins; others may name themselves', async () => {
    const bob = await createApiUser()
    const job = await submit(probe, {}, { ownerId: bob.userId, ...later })
    const system = await submit(probe, {}, later)
    expect(await list(admin, `owner=${bob.userId}`)).toEqual({ status: 200, ids: [job.id] })
    const ofSystem = await list(admin, 'owner=system')
    expect(ofSystem.ids).toContain(system.id)
    expect(ofSystem.ids).not.toContain(job.id)
    expect(await list(bob, `owner=${bob.userId}`)).toEqual({ status: 200, ids: [job.id] })
    expect((await list(ann, `owner=${bob.userId}`)).status).toBe(403)
    expect((await list(ann, 'owner=system')).status).toBe(403)
    expect((await list(admin, 'owner=bob')).status).toBe(422)
  })

  test('finds people by a part of their name or email, for admins alone', async () => {
    const found = await findPeople({ ...admin, role: 'ADMIN' }, ann.userId.toUpperCase())
    expect(found).toMatchObject([{ id: ann.userId, name: 'Ann' }])
    expect(() => findPeople({ ...ann, role: 'USER' }, 'a')).toThrow('Only an admin may do this.')
  })

  test('finds people whose name holds a percent sign, an underline or a backslash [C5.12]', async () => {
    const name = String.raw`50%_\ off`
    const { userId } = await createViewer()
    await prisma().user.update({ where: { id: userId }, data: { name } })
    for (const text of ['%', '_', '\\', name]) {
      const found = await findPeople({ ...admin, role: 'ADMIN' }, text)
      expect(found.map(({ id }) => id)).toEqual([userId])
    }
  })
})

test('a text finds the jobs that hold it whole, whatever is in it', async () => {
  const viewer = await createViewer()
  const told = 'Größe 100%_sure: see_https://example.com/a-b?q=ab&r=exaexample for Zoë’s 12 reports'
  const { id } = await submit(probe, {}, { ownerId: viewer.userId, ...later })
  await prisma().jobFacts.update({ where: { jobId: id }, data: { text: told.toLowerCase() } })
  const finds = async (q: string) => (await listJobs(viewer, { q }, { limit: 5 })).data.length === 1
  for (let from = 0; from < told.length; from += 3) {
    for (const length of [2, 7, 13, 20, 40]) {
      const part = told.slice(from, from + length)
      expect(await finds(part), part).toBe(true)
    }
  }
  expect(await finds('see_https://example.com/a-b?q=ab&r=exa-example')).toBe(false)
  expect(await finds('example.com for reports')).toBe(false)
  expect(await finds('größe 100__sure: see')).toBe(false)
})

describe('the export', () => {
  const read = (user: ApiUser, query = '') => callApi(`GET /api/v1/jobs.csv${query}`, user)

  test('holds what the filter matches of what its reader may see, and nothing to run', async () => {
    const bob = await createApiUser()
    const made = await submit(probe, {}, { ownerId: bob.userId, tags: ['=1+1', 'b'], ...later })
    await prisma().job.update({
      where: { id: made.id },
      data: {
        ...{ status: 'FAILED', title: '@SUM(A1), "quoted"', startedAt: new Date(1_000) },
        ...{ finishedAt: new Date(2_500), attempt: 2 },
        error: { name: 'E', code: 'broken', message: 'two\nlines' },
      },
    })
    await submit(probe, {}, { ownerId: ann.userId, ...later })
    const response = await read(bob, '?status=failed&type=probe')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const day = new Date().toISOString().slice(0, 10)
    expect(response.headers.get('content-disposition')).toContain(
      `attachment; filename="jobs-failed-probe-${day}.csv"`,
    )
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    expect(text.startsWith('\ufeffid,type,title,status')).toBe(true)
    const [, ...lines] = text.split('\r\n')
    expect(lines).toEqual([
      [
        ...[made.id, 'probe', `"'@SUM(A1), ""quoted"""`, 'failed', 'probe', '2', '3'],
        ...[`"'=1+1, b"`, made.createdAt.toISOString()],
        ...['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:02.500Z', '1.500', 'broken'],
        '"two\nlines"',
      ].join(','),
      '',
    ])
  })

  test('names the owner to admins, over as many pages as it takes', async () => {
    const bob = await createApiUser()
    const ids: string[] = []
    for (let count = 0; count < 3; count++) {
      ids.push((await submit(probe, {}, { ownerId: bob.userId, ...later })).id)
    }
    const text = await (await read(admin, `?owner=${bob.userId}`)).text()
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]?.endsWith(',owner')).toBe(true)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(ids.reverse())
    expect(lines[1]?.endsWith(',Ann')).toBe(true)
    expect((await read(ann, `?owner=${bob.userId}`)).status).toBe(403)
  })

  test('writes fields that spreadsheets read as they are', () => {
    expect(csvLine(['a', 'b,c', 'd"e', ''])).toBe('a,"b,c","d""e",\r\n')
    expect(['=1', '+1', '-1', '@a', '＝1', 'a=1'].map(plainText)).toEqual([
      ...["'=1", "'+1", "'-1", "'@a", "'＝1", 'a=1'],
    ])
  })
})

test('the counters are of what the viewer may see', async () => {
  const bob = await createViewer()
  const [one, two, three] = [
    await submit(probe, {}, { ownerId: bob.userId }),
    await submit(probe, {}, { ownerId: bob.userId }),
    await submit(probe, {}, { ownerId: bob.userId }),
  ]
  const set = (id: string, data: object) => prisma().job.update({ where: { id }, data })
  const running = { reason: 'FIRST', number: 1, startedAt: new Date() } as const
  await set(one.id, { status: 'ACTIVE', attempts: { create: running } })
  await set(two.id, { status: 'FAILED', finishedAt: new Date() })
  const since = new Date(Date.now() - 60_000)
  const expected = { active: 1, queued: 1, retrying: 0, failed: 1 }
  expect(await countNow(bob, since)).toEqual(expected)
  await set(two.id, { finishedAt: new Date(Date.now() - 120_000) })
  expect(await countNow(bob, since)).toEqual({ ...expected, failed: 0 })
  const none = { SCHEDULED: 0, RETRYING: 0, COMPLETED: 0, CANCELED: 0 }
  expect(await countRecent(bob)).toEqual({ ...none, ACTIVE: 1, QUEUED: 1, FAILED: 1 })
  await set(two.id, { createdAt: new Date(Date.now() - 25 * 3600_000) })
  expect(await countRecent(bob)).toEqual({ ...none, ACTIVE: 1, QUEUED: 1, FAILED: 0 })
  expect(three.status).toBe('QUEUED')
})

describe('with many jobs', () => {
  const COUNT = 40_000

  /** Jobs that ended, one in ten thousand with a tag of its own. */
  async function fill(ownerId: string, count: number): Promise<void> {
    await pool().query(
      `WITH made AS (
        INSERT INTO "Job" (id, type, queue, "ownerId", status, title, input, "maxAttempts", backoff, "timeoutMs",
          priority, tags, "inputHash", "createdAt", "runAt", "finishedAt", attempt, error)
        SELECT (lpad(to_hex(1700000000000 + n * 31000), 12, '0') || '7' || substr(md5($2 || n), 1, 3) || '8'
            || substr(md5($2 || n), 4, 15))::uuid,
          'probe', 'probe', $2::uuid, (CASE WHEN n % 100 = 0 THEN 'FAILED' ELSE 'COMPLETED' END)::"JobStatus",
          'Job', '{}', 3, '{}', 1, 10, CASE WHEN n % 10000 = 7 THEN ARRAY['rare'] ELSE ARRAY['common'] END, '',
          to_timestamp(1700000000 + n * 31), now(), to_timestamp(1700000001 + n * 31), 1,
          CASE WHEN n % 100 = 0 THEN '{"message":"It broke"}'::jsonb END
        FROM generate_series(1, $1::int) n RETURNING *)
      INSERT INTO "JobFacts" ("jobId", "ownerId", type, queue, tags, text)
      SELECT id, "ownerId", type, queue, tags, 'job ' || array_to_string(tags, ' ') FROM made`,
      [count, ownerId],
    )
    await pool().query('VACUUM ANALYZE "Job", "JobFacts"')
  }

  test('no filter reads more than its page at any depth', { timeout: 120_000 }, async () => {
    const viewer = await createViewer()
    await fill(viewer.userId, COUNT)
    const [{ id: deep = '', errorGroup = '' } = {}] = await prisma().$queryRaw<
      { id: string; errorGroup: string }[]
    >`SELECT id, "errorGroup" FROM "Job" WHERE "ownerId" = ${viewer.userId}::uuid AND status = 'FAILED'
      ORDER BY id OFFSET 80 LIMIT 1`
    const span = { endedFrom: new Date(1_700_300_000_000), endedTo: new Date(1_700_309_000_000) }
    const filters: Record<string, JobFilter> = {
      ...{ all: {}, status: { status: ['FAILED'] }, tag: { tag: 'common' }, rare: { tag: 'rare' } },
      ...{ error: { error: errorGroup }, none: { tag: 'none' }, text: { q: 'common' } },
      ...{ queue: { queue: 'probe' }, ended: { ...span, queue: 'probe' } },
      ...{
        both: { tag: 'common', status: ['FAILED'] },
        active: { q: 'common', status: ['ACTIVE'] },
        several: { status: ['FAILED', 'CANCELED'] },
        tagged: { tag: 'common', status: ['FAILED', 'RETRYING'] },
      },
    }
    const readLittle = async (statistics: string) => {
      for (const [name, filter] of Object.entries(filters)) {
        for (const cursor of [undefined, deep]) {
          const read = await rowsRead(() => listJobs(viewer, filter, { limit: 30, cursor }))
          const what = `${name}${cursor ? ', deep' : ''}, ${statistics}`
          expect(read, what).toBeLessThan(COUNT / 8)
        }
      }
      const asked = await rowsRead(() => listAskedFor(viewer, {}, { limit: 30 }))
      expect(asked, `asked for, ${statistics}`).toBeLessThan(COUNT / 8)
    }
    await readLittle('with statistics')
    // What the planner believes of tags differs from one sample of the table to the next.
    await pool().query('ALTER TABLE "JobFacts" ALTER tags SET STATISTICS 0')
    await pool().query(`DELETE FROM pg_statistic WHERE starelid = '"JobFacts"'::regclass`)
    await readLittle('without statistics')
  })

  /** Rows that tables and indexes gave while something was done, as PostgreSQL counts them. */
  async function rowsRead(work: () => Promise<unknown>): Promise<number> {
    const before = await rowsReadSoFar()
    await work()
    return (await rowsReadSoFar()) - before
  }

  async function rowsReadSoFar(): Promise<number> {
    // Each connection of the pool is to say what it knows: none is left over for two of these.
    const flush = () => pool().query('SELECT pg_stat_force_next_flush(), pg_sleep(0.05)')
    await Promise.all(Array.from({ length: pool().options.max }, flush))
    const { rows } = await pool().query<{ read: string }>(
      `SELECT sum(seq_tup_read + COALESCE(idx_tup_fetch, 0)) AS read FROM pg_stat_user_tables
       WHERE relname IN ('Job', 'JobFacts')`,
    )
    return Number(rows[0]?.read)
  }
})
