import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditChoices } from '@/app/_server/audit/choices'
import { describeEntries } from '@/app/_server/audit/describe'
import { exportAudit } from '@/app/_server/audit/export'
import { listAudit, parseAuditQuery } from '@/app/_server/audit/list'
import { commandLine, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import { changeRole } from '@/lib/auth/manage-users'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { recordRemovals } from '@/lib/retention/remove-records'
import { readRetention } from '@/lib/retention/settings'
import { callApi, createApiUser } from '@/test/support/api'
import { idFrom } from '@/test/support/old-jobs'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

let admin: Viewer

beforeAll(async () => {
  admin = { ...(await createViewer('ADMIN')), from: { ip: '2001:db8::1', userAgent: 'Browser/1' } }
})

/** An entry that is so many days old. */
async function entryOf(days: number, action = 'queue.pause'): Promise<string> {
  const id = idFrom(days)
  await prisma().auditEntry.create({
    data: { id, actorId: admin.userId, action, targetType: 'queue', targetId: 'email' },
  })
  return id
}

const exists = async (id: string) => (await prisma().auditEntry.count({ where: { id } })) === 1

describe('the database keeps every entry as it is', () => {
  const refusal = /Entries of the audit log are never changed/

  test.each([
    ['an update', `UPDATE "AuditEntry" SET "actorId" = NULL WHERE id = $1`],
    ['a deletion', `DELETE FROM "AuditEntry" WHERE id = $1`],
    ['emptying the table', `TRUNCATE "AuditEntry"`],
  ])('against %s', async (_what, statement) => {
    const id = await entryOf(400)
    await expect(pool().query(statement, statement.includes('$1') ? [id] : [])).rejects.toThrow(
      refusal,
    )
    expect(await exists(id)).toBe(true)
  })

  test('against an update that calls itself retention', async () => {
    const id = await entryOf(400)
    const client = await pool().connect()
    try {
      await client.query('BEGIN')
      await client.query(`SET LOCAL millrace.audit_retention = 'on'`)
      await expect(
        client.query(`UPDATE "AuditEntry" SET action = 'x' WHERE id = $1`, [id]),
      ).rejects.toThrow(refusal)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })

  test('but retention removes those older than a year, slice by slice, and leaves no door open', async () => {
    const old = await entryOf(366)
    const young = await entryOf(364)
    const removals = recordRemovals(await readRetention(), new Date())
    await removals.find(({ what }) => what === 'auditEntries')?.removeSlice()
    expect([await exists(old), await exists(young)]).toEqual([false, true])
    // On every connection of the pool, so also on the one that has just removed.
    const tries = Array.from({ length: 10 }, () =>
      pool().query(`DELETE FROM "AuditEntry" WHERE id = $1`, [young]),
    )
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
  })

  test('and leaves them when the person they name goes', async () => {
    const gone = await createViewer()
    await audit(prisma(), gone, 'queue.pause', { type: 'queue', id: 'gone' })
    await prisma().user.delete({ where: { id: gone.userId } })
    const { data } = await listAudit(admin, { target: 'queue', targetId: 'gone' }, 10)
    expect(data).toMatchObject([{ actorId: gone.userId }])
    expect(await describeEntries(data)).toMatchObject([
      { actor: { label: 'Deleted user', href: null } },
    ])
  })
})

describe('the log', () => {
  test('says who, what, on what, when, from where, before and after', async () => {
    const person = await createViewer()
    await changeRole(admin, person.userId, 'ADMIN')
    const { data } = await listAudit(admin, { target: 'user', targetId: person.userId }, 10)
    expect(await describeEntries(data)).toEqual([
      {
        id: data[0]?.id,
        at: data[0]?.at.toISOString(),
        actor: { label: 'Ann', href: `/admin/users/${admin.userId}` },
        action: 'user.role',
        words: 'Changed a role',
        target: { label: 'Ann', href: `/admin/users/${person.userId}` },
        from: '2001:db8::1',
        userAgent: 'Browser/1',
        changes: [{ name: 'role', before: 'user', after: 'admin' }],
        notes: [],
      },
    ])
  })

  test('says where a call of the API came from', async () => {
    const { userId } = await createViewer()
    const id = await createJobRecord(userId, 'email', {}, 'QUEUED')
    const caller = await createApiUser('ADMIN')
    const headers = { 'x-forwarded-for': '198.51.100.4', 'user-agent': 'x'.repeat(500) }
    const answer = await callApi(`POST /api/v1/jobs/${id}/cancel`, caller, { headers })
    expect(answer.status).toBe(200)
    const { data } = await listAudit(admin, { target: 'job', targetId: id }, 10)
    expect(data).toMatchObject([
      { actorId: caller.userId, ip: '198.51.100.4', userAgent: 'x'.repeat(200) },
    ])
  })

  test('says nothing of what people do with what is their own', async () => {
    const owner = await createApiUser()
    const id = await createJobRecord(owner.userId, 'email', {}, 'QUEUED')
    expect((await callApi(`POST /api/v1/jobs/${id}/cancel`, owner)).status).toBe(200)
    expect((await listAudit(admin, { target: 'job', targetId: id }, 10)).data).toEqual([])
  })

  test('knows the command line', async () => {
    await audit(prisma(), commandLine, 'job.cancel', { type: 'job', id: uuidv7() })
    const { data } = await listAudit(admin, parseAuditQuery({ actor: 'command-line' }), 10)
    expect(await describeEntries(data)).toMatchObject([
      { actor: { label: 'Command line' }, from: 'Command line', words: 'Canceled a job' },
    ])
  })

  test('is narrowed by actor, action, target and days, and goes on page by page', async () => {
    const other = await createViewer('ADMIN')
    const id = uuidv7()
    await audit(prisma(), other, 'worker.drain', { type: 'worker', id })
    const old = await entryOf(10, 'worker.drain')
    const ids = async (query: Record<string, string>) =>
      (await listAudit(admin, parseAuditQuery(query), 50)).data
    expect(await ids({ actor: other.userId })).toMatchObject([{ targetId: id }])
    expect((await ids({ action: 'worker.drain' })).map((entry) => entry.targetId)).toEqual([
      id,
      'email',
    ])
    expect(await ids({ target: 'worker' })).toMatchObject([{ targetId: id }])
    const day = new Date(Date.now() - 10 * 24 * 3600_000).toISOString().slice(0, 10)
    expect((await ids({ from: day, to: day })).map((entry) => entry.id)).toEqual([old])
    expect(await ids({ from: '2020-01-01', to: '2020-01-02' })).toEqual([])
    const first = await listAudit(admin, {}, 1)
    const second = await listAudit(admin, { cursor: first.nextCursor ?? undefined }, 1)
    expect(second.data[0]?.id).not.toBe(first.data[0]?.id)
  })

  test('offers what is in it', async () => {
    const { actors, actions, targets } = await auditChoices(admin)
    expect(actors).toContainEqual({ value: admin.userId, label: 'Ann' })
    expect(actors.map(({ label }) => label)).toContainEqual(
      expect.stringMatching(/^Deleted user [0-9a-f]{6}$/),
    )
    expect(actors.at(-1)).toEqual({ value: 'command-line', label: 'Command line' })
    expect(actions).toContainEqual({ value: 'user.role', label: 'Changed a role' })
    expect(targets.map(({ value }) => value)).toEqual(expect.arrayContaining(['queue', 'user']))
  })

  test('is for admins', async () => {
    const user = await createViewer()
    await expect(listAudit(user, {}, 1)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(auditChoices(user)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(exportAudit(user, {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('reads each filter from an index, however many entries there are', async () => {
    await pool().query(`INSERT INTO "AuditEntry" (id, "actorId", action, "targetType", "targetId")
      SELECT gen_random_uuid(), '${admin.userId}', 'a.' || n % 50, 't' || n % 20, n::text
      FROM generate_series(1, 20000) n`)
    await pool().query('ANALYZE "AuditEntry"')
    const filters = [
      `"actorId" = '${uuidv7()}'`,
      `"actorId" IS NULL`,
      `action = 'a.7'`,
      `"targetType" = 't7'`,
      `"targetType" = 'user' AND "targetId" = 'x'`,
      `id >= '${uuidv7()}'`,
      'true',
    ]
    for (const filter of filters) {
      const { rows } = await pool().query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT * FROM "AuditEntry" WHERE ${filter} ORDER BY id DESC LIMIT 51`,
      )
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect({ filter, plan }).toMatchObject({ plan: expect.not.stringContaining('Seq Scan') })
    }
  })
})

describe('the export', () => {
  test('is all that fits the filter, line by line, and is itself written down', async () => {
    const name = '=HYPERLINK("https://evil.example")'
    const evil = await createViewer('ADMIN')
    await prisma().user.update({ where: { id: evil.userId }, data: { name } })
    const sent = { ...evil, from: { ip: '192.0.2.1', userAgent: '+SUM(1,2)\n"x"' } }
    for (let count = 0; count < 501; count++) {
      const target = { type: 'queue', id: 'email' }
      await audit(prisma(), sent, 'queue.pause', target, { after: { paused: true } })
    }
    let pieces = 0
    let text = ''
    for await (const piece of await exportAudit(admin, { actor: evil.userId })) {
      pieces += 1
      text += piece
    }
    expect(pieces).toBe(3)
    expect(text.startsWith('\ufefftime (UTC),actor,')).toBe(true)
    const lines = text.split('\r\n').slice(1, -1)
    expect(lines).toHaveLength(501)
    expect(lines[0]).toContain(
      `"'=HYPERLINK(""https://evil.example"")",${evil.userId},queue.pause,Paused a queue,`,
    )
    expect(lines[0]).toContain(`,192.0.2.1,"'+SUM(1,2)\n""x""",paused: yes,`)
    const [entry] = (await listAudit(admin, { action: 'audit.export' }, 1)).data
    expect(entry).toMatchObject({
      actorId: admin.userId,
      details: { filter: { actor: evil.userId } },
    })
  }, 60_000)
})
