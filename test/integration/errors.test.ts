import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { findAlike, listErrors, parseErrorCursor } from '@/app/_server/jobs/errors'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { listJobs } from '@/lib/jobs/lists/list'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import { createUser, reaches, submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { probe, probeJobs } from '@/test/support/probe'
import { startWorker } from '@/workers/runtime/worker'

ownDatabase()

const PAGE = { limit: 30 }

/** A failed job with this message, as a worker would leave it. */
async function fail(ownerId: string, message: string, code = 'broken', at = new Date()) {
  const { id } = await submit(probe, {}, { ownerId, delayMs: 3600_000 })
  const error = { name: 'JobError', code, message }
  return prisma().job.update({ where: { id }, data: { status: 'FAILED', error, finishedAt: at } })
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

test('failures that differ in names and numbers are one error, with count, first, last and last job', async () => {
  const ann = await createViewer()
  const messages = [
    'The server mx1.example.com:25 said no to ann@example.com after 3.5 s',
    'The server mx17.example.com:25 said no to bob.m@example.org after 30 s',
    'The server 10.0.0.7 said no to <c@d.e> after 12 s',
  ]
  const first = await fail(ann.userId, messages[0] ?? '', 'refused', ago(30))
  const last = await fail(ann.userId, messages[1] ?? '', 'refused', ago(10))
  const other = await fail(ann.userId, messages[1] ?? '', 'other_code', ago(20))
  const { data } = await listErrors(ann, PAGE)
  expect(data).toMatchObject([
    {
      ...{ id: last.errorGroup, type: 'probe', jobs: 2, owners: 1 },
      error: { code: 'refused', message: messages[1] },
      ...{ firstAt: first.finishedAt?.toISOString(), lastAt: last.finishedAt?.toISOString() },
      last: { id: last.id, title: 'Probe' },
    },
    { id: other.errorGroup, jobs: 1 },
  ])
  expect(await findAlike(ann, first)).toEqual({
    ...{ group: last.errorGroup, count: 1, since: last.finishedAt?.toISOString() },
    newest: [{ id: last.id, title: 'Probe' }],
  })
  expect(await findAlike(ann, other)).toBeUndefined()
  const jobs = await listJobs(ann, { error: last.errorGroup ?? '' }, PAGE)
  expect(jobs.data.map(({ id }) => id)).toEqual([last.id, first.id])
})

test.each([
  ['The file “a b.png” is 3 MB', 'The file “c.png” is 17 MB', true],
  ['No row "x"', 'No row "y z"', true],
  ["Cannot read 'a' of null", "Cannot read 'b c' of null", true],
  ['Job 019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c01 is gone', 'Job 0197aa is gone', true],
  ['GET https://a.example/x failed', 'GET http://b.example/y?z=1 failed', true],
  ['open /tmp/a/b: no such file', 'open /var/c: no such file', true],
  ['The worker on web-a (process 1) stopped', 'The worker on other (process 22) stopped', true],
  ["It isn't there", "It wasn't there", false],
  ['The mail was refused', 'The mail was bounced', false],
])('%s ~ %s: %s', async (one, other, same) => {
  const { rows } = await pool().query<{ same: boolean }>(
    'SELECT "normal_error_message"($1) = "normal_error_message"($2) AS same',
    [one, other],
  )
  expect(rows[0]?.same).toBe(same)
})

test('are narrowed to a type, a queue and a time, in which their failures are counted', async () => {
  const ann = await createViewer()
  await fail(ann.userId, 'It broke', 'broken', ago(90))
  const late = await fail(ann.userId, 'It broke', 'broken', ago(10))
  const mail = await fail(ann.userId, 'No such mailbox', 'refused', ago(90))
  await prisma().job.update({ where: { id: mail.id }, data: { type: 'email', queue: 'email' } })
  const found = async (filter: Parameters<typeof listErrors>[2], page = PAGE) =>
    (await listErrors(ann, page, filter)).data.map(({ last, jobs }) => [last.id, jobs])
  expect(await found({})).toEqual([
    [late.id, 2],
    [mail.id, 1],
  ])
  expect(await found({ from: ago(60) })).toEqual([[late.id, 1]])
  expect(await found({ type: 'email' }, { limit: 1 })).toEqual([[mail.id, 1]])
  expect(await found({ queue: 'probe' })).toEqual([[late.id, 2]])
  expect(await found({ type: 'email', from: ago(60) })).toEqual([])
})

test('counts agree with the jobs after retries and deletions', async () => {
  const ann = await createViewer()
  const jobs = []
  for (const number of [1, 2, 3]) jobs.push(await fail(ann.userId, `Number ${number} is wrong`))
  const counts = async () => (await listErrors(ann, PAGE)).data.map((group) => group.jobs)
  expect(await counts()).toEqual([3])
  await retryJob(ann, jobs[0]?.id ?? '')
  expect(await counts()).toEqual([2])
  await removeJob(ann, jobs[1]?.id ?? '')
  expect(await counts()).toEqual([1])
  await retryJob(ann, jobs[2]?.id ?? '')
  expect(await counts()).toEqual([])
})

test('a person sees their own errors, an admin everybody’s and how many people have them', async () => {
  const [ann, bob, admin] = [
    await createViewer(),
    await createViewer(),
    await createViewer('ADMIN'),
  ]
  const word = uuidv7().replace(/[0-9-]/g, '')
  const annual = await fail(ann.userId, `Only ${word} fails`)
  await fail(bob.userId, `Only ${word} fails`)
  const groupOf = async (viewer: typeof ann) =>
    (await listErrors(viewer, { limit: 100 })).data.find(({ id }) => id === annual.errorGroup)
  expect(await groupOf(ann)).toMatchObject({ jobs: 1, owners: 1 })
  expect(await groupOf(admin)).toMatchObject({ jobs: 2, owners: 2, last: { ownerId: bob.userId } })
  expect(await findAlike(ann, annual)).toBeUndefined()
  expect(await findAlike(admin, annual)).toMatchObject({ count: 1 })
})

test('pages go on where one ended', async () => {
  const ann = await createViewer()
  for (const word of ['one', 'two', 'three']) await fail(ann.userId, `It is ${word}`, word)
  const first = await listErrors(ann, { limit: 2 })
  expect(first.data.map(({ error }) => error.code)).toEqual(['three', 'two'])
  const cursor = parseErrorCursor(first.nextCursor ?? undefined)
  const second = await listErrors(ann, { limit: 2, cursor })
  expect(second.data.map(({ error }) => error.code)).toEqual(['one'])
  expect(second.nextCursor).toBeNull()
  expect(parseErrorCursor('yesterday')).toBeUndefined()
})

test('whatever a worker records is grouped', async () => {
  const worker = await startWorker({ jobs: probeJobs, version: 'test' })
  try {
    const ownerId = await createUser()
    const job = await submit(probe, { failures: 9, permanent: true }, { ownerId })
    const done = await submit(probe, {}, { ownerId })
    expect((await reaches(job.id, 'FAILED')).errorGroup).toMatch(/^[0-9a-f-]{36}$/)
    expect((await reaches(done.id, 'COMPLETED')).errorGroup).toBeNull()
    const { data } = await listErrors({ userId: ownerId, role: 'USER' }, PAGE)
    expect(data).toMatchObject([{ jobs: 1, error: { code: 'broken' }, last: { id: job.id } }])
  } finally {
    await worker.stop(1_000)
  }
})
