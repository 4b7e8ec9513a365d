import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Checkout, copyCheckout, ownEnvironment } from '@/test/support/checkout'

/** Longest one command may take on a busy machine, in milliseconds. */
const LIMIT_MS = 300_000

let checkout: Checkout

beforeAll(() => {
  checkout = copyCheckout()
})

afterAll(() => checkout.remove())

/** Runs a program of the copy, as a person would from a shell of their own. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: checkout.folder,
    encoding: 'utf8',
    env: ownEnvironment(),
    timeout: LIMIT_MS,
  })
  return { status, stdout, stderr }
}

const newJob = (...args: string[]) => run('bin/new-job.mjs', ...args)

describe('npm run new:job', () => {
  test.each([
    ['', 'Name the job type: npm run new:job thumbnail'],
    ['Thumb Nail', '“Thumb Nail” cannot be the name of a job type'],
    ['../evil', '“../evil” cannot be the name of a job type'],
    ['class', '“class” means something in code already.'],
    ['email', 'There is a job type email already.'],
    ['we-bhook', 'There is a job type webhook already.'],
  ])('refuses the name “%s” with one clear line, and writes nothing', (name, line) => {
    const { status, stdout, stderr } = name ? newJob(name) : newJob()
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(line)])
    expect(fs.existsSync(path.join(checkout.folder, 'test/integration/jobs'))).toBe(false)
  })

  test(
    'writes a job type whose checks and test pass, and another beside it',
    () => {
      const { status, stdout, stderr } = newJob('send-invoice')
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout.split('\n')).toEqual(
        expect.arrayContaining([
          'Wrote lib/jobs/types/send-invoice.ts',
          'Wrote workers/handlers/send-invoice.ts',
          'Wrote test/integration/jobs/send-invoice.test.ts',
          'Added a line to lib/jobs/catalog.ts',
          'Added a line to workers/handlers/index.ts',
        ]),
      )
      expect(newJob('greeting').status).toBe(0)
      expect(newJob('greeting')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('There is a job type greeting already.'),
      })

      const checks = run('bin/check.mjs')
      expect(checks.stdout).toMatch(/(\d+) of \1 checks passed/)
      const vitest = ['node_modules/vitest/vitest.mjs', 'run', 'test/integration/jobs']
      const tests = run(...vitest, '--project', 'integration', '--no-color')
      expect(tests.stdout).toMatch(/Tests +4 passed/)
      expect(tests.status).toBe(0)
    },
    2 * LIMIT_MS,
  )
})
