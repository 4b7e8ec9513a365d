import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const run = promisify(execFile)

async function cli(...args: string[]) {
  const { stdout } = await run(process.execPath, ['bin/cli.mjs', ...args], { env: process.env })
  return JSON.parse(stdout)
}

test('queues are listed, paused and resumed from the command line, and the audit log says so', async () => {
  await submit(catalog.email, { to: 'ann@example.com', template: 'notice', variables: {} })
  const paused = await cli('queue', 'pause', 'email')
  expect(paused.queue).toMatchObject({ name: 'email', paused: true, waiting: 1, active: 0 })
  const { data } = await cli('queue', 'list')
  expect(data.map(({ name }: { name: string }) => name)).toContain('image-processing')
  expect(data.find(({ name }: { name: string }) => name === 'email').paused).toBe(true)
  expect((await cli('queue', 'resume', 'email')).queue).toMatchObject({ paused: false })
  const entries = await prisma().auditEntry.findMany({ orderBy: { id: 'asc' } })
  expect(entries).toMatchObject([
    { action: 'queue.pause', targetId: 'email', actorId: null },
    { action: 'queue.resume', targetId: 'email', actorId: null },
  ])
}, 90_000)

test('a queue that does not exist is named, with those that do', async () => {
  await expect(cli('queue', 'pause', 'emails')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No such queue: emails. There are email'),
  })
})
