import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { generateSource } from 'oazapfts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'

const root = path.resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const LIMITS = { cwd: root, timeout: 50_000 }

/** What somebody writes who has nothing but the generated client. */
const PROGRAM = `
import * as api from './client'

const [baseUrl = '', key = ''] = process.argv.slice(2)
api.defaults.baseUrl = baseUrl
api.defaults.headers = { authorization: \`Bearer \${key}\` }

const created = await api.createJob({
  type: 'email',
  input: { to: 'ann@example.com', template: 'welcome', variables: { name: 'Ann' } },
  tags: ['generated'],
})
if (created.status !== 202) throw new Error(\`createJob answered \${created.status}\`)
for (let tries = 0; tries < 300; tries++) {
  const shown = await api.getJob(created.data.job.id)
  if (shown.status !== 200) throw new Error(\`getJob answered \${shown.status}\`)
  const { job } = shown.data
  if (job.status === 'completed') {
    console.log(JSON.stringify(job))
    process.exit(0)
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
}
throw new Error('The job did not complete')
`

const app = apiApp({ queues: ['email'] })
let folder: string

beforeAll(async () => {
  // Within the project, where the client's own package is found.
  await mkdir(path.join(root, '.data'), { recursive: true })
  folder = await mkdtemp(path.join(root, '.data', 'client-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a client that a public generator makes of the document fits, and runs a job', async () => {
  await writeFile(
    path.join(folder, 'client.ts'),
    await generateSource(`${app.url()}/api/v1/openapi.json`),
  )
  const program = path.join(folder, 'program.ts')
  await writeFile(program, PROGRAM)

  const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
  const options = [
    '--strict',
    '--skipLibCheck',
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
  ]
  const target = ['--target', 'es2022', '--types', 'node', '--noEmit', '--ignoreConfig']
  await run(process.execPath, [compiler, ...options, ...target, program], LIMITS)

  const { key } = await createApiUser()
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', program, app.url(), key],
    LIMITS,
  )
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'email',
    status: 'completed',
    tags: ['generated'],
    result: { delivery: 'outbox' },
  })
})
