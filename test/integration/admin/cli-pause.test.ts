import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
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

test.each([
  { asked: ['--reason', 'Why not'], said: 'Choose a type, an owner or a tag' },
  { asked: ['--reason', 'Why not', '--type', 'emails'], said: 'type: Expected a job type: email' },
  { asked: ['--reason', ' ', '--tag', 'slow'], said: 'reason: Say why' },
  {
    asked: ['--reason', 'Why not', '--tag', 'slow', '--minutes', 'ten'],
    said: 'minutes: Expected a whole number of minutes',
  },
])(
  'says what is wrong: $said',
  async ({ asked, said }) => {
    await expect(cli('add', ...asked)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(said),
    })
    expect(await prisma().pause.count()).toBe(0)
  },
  60_000,
)
