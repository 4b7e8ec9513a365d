import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { ClaimedAttempt } from '@/lib/jobs/transitions/claim'
import { createApart } from '@/workers/runtime/apart'
import { createRunning } from '@/workers/runtime/running'

const claimed: ClaimedAttempt = {
  ...{ jobId: 'a job', token: 'a token', type: 'probe', queue: 'probe', ownerId: null },
  ...{ priority: 10, turn: 1, input: {} },
  ...{ attempt: 1, maxAttempts: 3, backoff: { type: 'fixed', delayMs: 50 }, timeoutMs: 60_000 },
  ...{ traceparent: null, waitedMs: null, apart: true },
}

/** How an attempt ends in a process that does this with it. */
function runIn(code: string, program = process.execPath) {
  const running = createRunning()
  const start = () =>
    spawn(program, ['-e', `process.on('message', (message) => { ${code} })`], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  const apart = createApart(start, running)
  return { apart, running, execution: apart.run(claimed) }
}

describe('an attempt in a process of its own', () => {
  it.each([
    [`process.kill(process.pid, 'SIGKILL')`, 'SIGKILL'],
    [`process.exit(3)`, 'exit code 3'],
  ])('fails with worker_lost when that ends by %s [R4]', async (code, how) => {
    expect(await runIn(code).execution).toMatchObject({
      kind: 'failed',
      error: { code: 'worker_lost', message: expect.stringContaining(how) },
    })
  })

  it('does not count when somebody asked the process to end [R4]', async () => {
    const { execution } = runIn(`process.kill(process.pid, 'SIGTERM')`)
    expect(await execution).toEqual({ kind: 'aborted', cause: 'shutdown' })
  })

  it('does not count when there is no process to be had [R4]', async () => {
    const { execution } = runIn('', '/nowhere/node')
    expect(await execution).toEqual({ kind: 'aborted', cause: 'shutdown' })
  })

  it('hears that it is canceled, and leaves its room to the next when it has ended [R4]', async () => {
    const code = `if (message.abort) process.send({ answer: { kind: 'aborted', cause: message.abort } })`
    const { apart, running, execution } = runIn(code)
    expect(apart.room()).toBe(1)
    running.abort('a job', 'canceled')
    expect(await execution).toEqual({ kind: 'aborted', cause: 'canceled' })
    expect(apart.room()).toBe(2)
    expect(running.size).toBe(0)
  })
})
