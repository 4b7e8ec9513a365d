import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Program } from '@/bin/launcher/program'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Runs a program that ends over and over until it was started so often, or is given up; how it went. */
function run(code: string, starts: number): Promise<string> {
  return new Promise((resolve) => {
    let ended = 0
    const program = new Program({
      name: 'worker',
      args: ['-e', code],
      env: process.env,
      maxFailedStarts: 5,
      say: () => {
        ended += 1
        if (ended < starts) return void setImmediate(() => vi.runOnlyPendingTimers())
        program.kill()
        resolve('goes on')
      },
      onGiveUp: ({ message }) => resolve(message),
    })
    program.start()
  })
}

it('starts a worker again that was ready, however often a job ends it [R4]', async () => {
  expect(await run(`process.send({ type: 'ready' }, () => process.exit(1))`, 7)).toBe('goes on')
})

it('gives up a worker that is never ready', async () => {
  expect(await run('process.exit(1)', 7)).toBe('The worker ended 5 times right after its start.')
})
