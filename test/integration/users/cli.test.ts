import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isResetTokenOpen } from '@/lib/auth/password-reset'
import { prisma } from '@/lib/db/prisma'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

const run = promisify(execFile)

async function cli(...args: string[]) {
  const { stdout } = await run(process.execPath, ['bin/cli.mjs', ...args], { env: process.env })
  return JSON.parse(stdout)
}

test('what is done from the command line, a way back in among it, is in the audit log too [S5]', async () => {
  const email = 'ann@example.com'
  const user = await cli('user', 'create', '--email', email, '--password', 'tall purple wheel')
  const key = await cli('key', 'create', '--email', email, '--name', 'Deploy')
  const invitation = await cli('user', 'invite', '--email', 'bob@example.com', '--admin')
  const { userId } = await createViewer()
  const jobId = await createJobRecord(userId, 'email', {}, 'QUEUED')
  await cli('job', 'cancel', jobId)
  const reset = await cli('user', 'reset-link', '--email', email)
  const token = new URL(reset.url).searchParams.get('token') ?? ''
  expect(await isResetTokenOpen(token)).toBe(true)
  const entries = await prisma().auditEntry.findMany({ orderBy: { id: 'asc' } })
  const nobody = { actorId: null, ip: null, userAgent: null }
  expect(entries).toMatchObject([
    { action: 'user.create', targetId: user.id, details: { after: { role: 'user' } }, ...nobody },
    { action: 'api-key.create', targetId: key.id, details: { user: user.id }, ...nobody },
    { action: 'user.invite', targetId: invitation.id, ...nobody },
    {
      action: 'job.cancel',
      targetId: jobId,
      details: { before: { status: 'queued' }, after: { status: 'canceled' } },
      ...nobody,
    },
    { action: 'user.password-reset', targetId: user.id, ...nobody },
  ])
  expect(JSON.stringify(entries)).not.toContain(token)
}, 90_000)
