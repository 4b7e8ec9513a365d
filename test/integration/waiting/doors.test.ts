import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { callApi, createApiUser } from '@/test/support/api'
import { ownDatabase } from '@/test/support/own-database'

ownDatabase()

const run = promisify(execFile)

const noWorker = {
  reason: 'no_worker',
  message: 'No running worker takes jobs of the queue email. The job starts once one does.',
}

test('a job that is asked for by itself says why it waits; in lists none does', async () => {
  const user = await createApiUser()
  const body = { type: 'email', input: { to: 'ann@example.com', template: 'welcome' } }
  const created = await (await callApi('POST /api/v1/jobs', user, { body })).json()
  expect(created.job).not.toHaveProperty('waiting')

  const { id } = created.job
  const shown = await callApi(`GET /api/v1/jobs/${id}`, user)
  expect((await shown.json()).job.waiting).toEqual(noWorker)

  const page = await (await callApi('GET /api/v1/jobs', user)).json()
  expect(page.data).toHaveLength(1)
  expect(page.data[0]).not.toHaveProperty('waiting')

  const { stdout } = await run(process.execPath, ['bin/cli.mjs', 'job', 'show', id], {
    env: process.env,
  })
  expect(JSON.parse(stdout).job).toMatchObject({ id, waiting: noWorker })
}, 60_000)
