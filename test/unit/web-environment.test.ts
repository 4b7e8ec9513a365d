import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

test.each([
  [{}, 'DATABASE_URL: required'],
  [{ DATABASE_URL: 'postgresql://localhost/millrace' }, 'AUTH_SECRET: required'],
])('the web server does not start with %j, and says what is missing [M11]', (given, complaint) => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/web/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...given },
    encoding: 'utf8',
  })
  expect(stderr).toContain(`The environment is not valid:\n  ${complaint}`)
  expect(status).toBe(1)
})
