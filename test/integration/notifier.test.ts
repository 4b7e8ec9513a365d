import { v7 as uuidv7 } from 'uuid'
import { afterEach, describe, expect, it } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { createUser } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { notify } from '@/workers/supervisor/notifier'

ownDatabase()

/** PostgreSQL refuses every job in whose title this is: a fault that no check foresees. */
const REFUSE = `
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'This row is refused';
END $$;
CREATE TRIGGER refuse BEFORE INSERT ON "Job" FOR EACH ROW
  WHEN (new.title LIKE '%refused.example%') EXECUTE FUNCTION refuse()`

afterEach(async () => {
  await pool().query('DROP FUNCTION IF EXISTS refuse CASCADE')
  await prisma().user.deleteMany()
})

/** Somebody who hears by mail. */
async function reader(email?: string): Promise<string> {
  const id = await createUser()
  await prisma().user.update({
    where: { id },
    data: { notifyByMail: true, ...(email ? { email } : {}) },
  })
  return id
}

async function createNotice(userId: string, title = 'Probe failed'): Promise<void> {
  const notice = { kind: 'JOB_FAILED', href: '/jobs/1', subject: uuidv7() } as const
  await prisma().notification.create({
    data: { id: uuidv7(), userId, title, mailPending: true, ...notice },
  })
}

async function createEndpoint(ownerId: string, host: string): Promise<void> {
  const url = `https://${host}/hook`
  await prisma().webhookEndpoint.create({ data: { id: uuidv7(), ownerId, url, secret: 'sealed' } })
}

async function createEvent(ownerId: string): Promise<void> {
  await prisma().event.create({ data: { ownerId, type: 'job.failed', payload: {} } })
}

const jobsOf = (ownerId: string) => prisma().job.findMany({ where: { ownerId } })
const waiting = async () => [
  await prisma().notification.count({ where: { mailPending: true } }),
  await prisma().event.count(),
]

describe('the notifier', () => {
  it('mails a notification whose title is of 150 emoji, cut between two of them [R3]', async () => {
    const ownerId = await reader()
    await createNotice(ownerId, `a${'🚰'.repeat(150)}`)
    await notify()
    const subject = `a${'🚰'.repeat(99)}`
    expect(await jobsOf(ownerId)).toMatchObject([{ type: 'email', input: { subject } }])
  })

  it('sets a mail to an address that is none aside, and sends the others [R3]', async () => {
    const good = await reader()
    const bad = await reader('nobody')
    await createNotice(bad)
    await createNotice(good)
    await notify()
    expect(await jobsOf(good)).toMatchObject([{ type: 'email' }])
    expect(await jobsOf(bad)).toEqual([])
    expect(await waiting()).toEqual([0, 0])
  })

  it('sets a mail that PostgreSQL refuses aside, and goes on with mails and events [R3]', async () => {
    await pool().query(REFUSE)
    const good = await reader()
    const bad = await reader('ann@refused.example')
    for (const person of [good, bad, good]) await createNotice(person)
    await createEndpoint(good, 'hooks.example.com')
    await createEvent(good)
    await notify()
    const types = (await jobsOf(good)).map(({ type }) => type).sort()
    expect(types).toEqual(['email', 'email', 'webhook'])
    expect(await jobsOf(bad)).toEqual([])
    expect(await waiting()).toEqual([0, 0])
  })

  it('sets an event whose webhook PostgreSQL refuses aside, and sends the others [R3]', async () => {
    await pool().query(REFUSE)
    const [first, second] = [await createUser(), await createUser()]
    await createEndpoint(first, 'refused.example')
    await createEndpoint(second, 'hooks.example.com')
    for (const person of [second, first, second]) await createEvent(person)
    await notify()
    expect(await jobsOf(first)).toEqual([])
    expect(await jobsOf(second)).toHaveLength(2)
    expect(await waiting()).toEqual([0, 0])
  })

  it('publishes events although batches cannot be told of, and leaves all for the next time [R3]', async () => {
    const ownerId = await reader()
    await createEndpoint(ownerId, 'hooks.example.com')
    await createEvent(ownerId)
    await createNotice(ownerId)
    await prisma().$executeRawUnsafe('ALTER TABLE "Batch" RENAME TO "Away"')
    try {
      await expect(notify()).rejects.toThrow('Batch')
    } finally {
      await prisma().$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "Batch"')
    }
    expect(await waiting()).toEqual([0, 0])
  })

  it('waits with all of it while PostgreSQL is busy [R3]', async () => {
    const ownerId = await reader()
    await createNotice(ownerId)
    await pool().query(REFUSE.replace(/'This row is refused'/, "'locked' USING ERRCODE = '55P03'"))
    await prisma().user.update({ where: { id: ownerId }, data: { email: 'a@refused.example' } })
    await expect(notify()).rejects.toThrow('locked')
    expect(await waiting()).toEqual([1, 0])
  })
})
