import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { pauseJobs, resumeJobs } from '@/lib/jobs/pauses/change'
import { listPauses } from '@/lib/jobs/pauses/list'
import { pauseOf } from '@/lib/jobs/pauses/pause'
import { describePauses } from '@/lib/jobs/pauses/words'
import { createUser } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const run = promisify(execFile)

async function cli(...args: string[]) {
  const { stdout } = await run(process.execPath, ['bin/cli.mjs', 'pause', ...args])
  return JSON.parse(stdout)
}

test('jobs are paused and resumed from the command line, and the audit log says so', async () => {
  const ownerId = await createUser()
  const about = ['--type', 'email', '--owner', `${ownerId}@example.com`]
  const { pause } = await cli('add', ...about, '--minutes', '30', '--reason', 'The server is down')
  const { data } = await cli('list')
  expect(data).toMatchObject([
    { id: pause.id, subject: 'Email jobs of Ann', reason: 'The server is down', held: 0 },
  ])
  const minutes = (Date.parse(data[0].until) - Date.parse(data[0].createdAt)) / 60_000
  expect(minutes).toBe(30)
  expect(await cli('remove', pause.id)).toEqual({ removed: pause.id })
  expect(await cli('list')).toEqual({ data: [] })
  const entries = await prisma().auditEntry.findMany({ orderBy: { id: 'asc' } })
  const details = { type: 'email', user: ownerId, until: data[0].until }
  expect(entries).toMatchObject([
    { action: 'pause.create', targetId: pause.id, actorId: null, details },
    { action: 'pause.end', targetId: pause.id, actorId: null, details },
  ])
}, 90_000)

const anything = { type: null, owner: null, tag: null, minutes: null, reason: 'Why not' }

test.each([
  { input: {}, said: 'Choose a type, an owner or a tag' },
  { input: { type: 'emails' }, said: 'type: Expected a job type: email' },
  { input: { owner: 'nobody@example.com' }, said: 'owner: Nobody has this address' },
  { input: { tag: 'slow', reason: ' ' }, said: 'reason: Say why' },
  { input: { tag: 'slow', minutes: Number.NaN }, said: 'minutes: Expected a whole number' },
])('says what is wrong: $said', async ({ input, said }) => {
  await expect(pauseJobs(null, { ...anything, ...input })).rejects.toThrow(said)
  expect(await prisma().pause.count()).toBe(0)
})

test('is for admins alone', async () => {
  const viewer = { userId: await createUser(), role: 'USER' } as const
  await expect(pauseJobs(viewer, { ...anything, tag: 'slow' })).rejects.toThrow('Only an admin')
  await expect(resumeJobs(viewer, uuidv7())).rejects.toThrow('Only an admin')
  await expect(listPauses(viewer)).rejects.toThrow('Only an admin')
})

test('tells nobody but an admin whose jobs it is about, unless they are their own', async () => {
  const ownerId = await createUser()
  const pause = await prisma().pause.create({
    data: { id: uuidv7(), type: 'image', ownerId, tag: 'summer', reason: 'Colours are wrong' },
  })
  const subjectFor = async (userId: string, role: 'USER' | 'ADMIN') =>
    (await describePauses({ userId, role }, [pause]))[0]?.subject
  const stranger = await createUser()
  expect(await subjectFor(ownerId, 'USER')).toBe('Image jobs of Ann tagged “summer”')
  expect(await subjectFor(stranger, 'ADMIN')).toBe('Image jobs of Ann tagged “summer”')
  expect(await subjectFor(stranger, 'USER')).toBe('Image jobs of one person tagged “summer”')
})

test('is shown of what it keeps from starting, and of nothing else', async () => {
  await prisma().pause.deleteMany()
  const minute = 60_000
  const at = (minutes: number) => new Date(Date.now() + minutes * minute)
  const job = { type: 'email', ownerId: null, tags: ['slow'], nextAttemptAt: null, runAt: at(0) }
  const waiting = { ...job, status: 'QUEUED' } as const
  const { id } = await pauseJobs(null, { ...anything, tag: 'slow', minutes: 30 })
  expect(await pauseOf(waiting)).toMatchObject({ id })
  expect(await pauseOf({ ...waiting, status: 'SCHEDULED', runAt: at(10) })).toMatchObject({ id })
  expect(await pauseOf({ ...waiting, status: 'SCHEDULED', runAt: at(60) })).toBeUndefined()
  expect(await pauseOf({ ...waiting, status: 'ACTIVE' })).toBeUndefined()
  expect(await pauseOf({ ...waiting, tags: ['new'] })).toBeUndefined()
  await prisma().pause.updateMany({ data: { until: at(-1) } })
  expect(await pauseOf(waiting)).toBeUndefined()
})

test('one that is over cannot be resumed', async () => {
  await expect(resumeJobs(null, uuidv7())).rejects.toThrow('This pause was not found.')
})
