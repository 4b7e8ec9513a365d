import { expect, test } from 'vitest'
import { createWorker } from '@/lib/queue/backend'
import { reaches, submit } from '@/test/support/engine'
import { probe, probeJobs } from '@/test/support/probe'
import { LOCK_MS, startWorker } from '@/workers/runtime/worker'

/** What `docs/reliability.md` promises of a restart, in milliseconds. */
const BOUND_MS = 15_000

/** What becomes of a job that a queue has given to somebody who never heard of it. */
export function describeLostDelivery(): void {
  test('a delivery whose answer got lost comes again within fifteen seconds', async () => {
    const { id } = await submit(probe, {})
    const deaf = await createWorker('probe', async () => undefined, { lockDuration: LOCK_MS })
    await expect.poll(async () => (await deaf.getNextJob('lost', { block: false }))?.id).toBe(id)
    const given = performance.now()
    await deaf.close(true)
    const worker = await startWorker({ jobs: probeJobs, version: 'test' })
    await reaches(id, 'COMPLETED', BOUND_MS)
    expect(performance.now() - given).toBeLessThan(BOUND_MS)
    await worker.stop(1_000)
  }, 60_000)
}
