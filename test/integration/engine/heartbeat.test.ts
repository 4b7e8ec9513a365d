import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { submit } from '@/test/support/engine'
import { ownDatabase } from '@/test/support/own-database'
import { probe } from '@/test/support/probe'
import { createClaim } from '@/workers/runtime/attempts'
import { beat } from '@/workers/runtime/heartbeat'
import { registerWorker } from '@/workers/runtime/register'
import { createRunning } from '@/workers/runtime/running'

// A disk that does not answer.
vi.mock('@/lib/metrics/process', () => ({ processFigures: () => new Promise(() => undefined) }))

const workerId = uuidv7()
const running = createRunning()

/** An attempt that the worker runs; what aborts it, and what ends it. */
async function runs() {
  const { id } = await submit(probe, {})
  const token = randomUUID()
  await createClaim(workerId, () => 0)({ jobId: id, token })
  const abort = vi.fn()
  running.add(token, { jobId: id, abort })
  return { id, abort, token }
}

describe('a heartbeat', () => {
  ownDatabase()
  beforeAll(() => registerWorker({ workerId, version: 'test', queues: [], types: { probe: 1 } }))

  it('says that the worker lives although its figures do not come, and takes a dead mark back [R8]', async () => {
    const dead = { stoppedAt: new Date(), lostAt: new Date(), heartbeatAt: new Date(0) }
    await prisma().worker.update({ where: { id: workerId }, data: dead })
    await beat(workerId, running)
    const worker = await prisma().worker.findUniqueOrThrow({ where: { id: workerId } })
    expect(worker).toMatchObject({ stoppedAt: null, lostAt: null })
    expect(worker.heartbeatAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect(worker.memoryBytes).toBeGreaterThan(0n)
  })

  it('stops attempts that others took over or ended meanwhile, and no others [C5.9]', async () => {
    const [taken, handedBack, removed, canceled, held] = [
      await runs(),
      await runs(),
      await runs(),
      await runs(),
      await runs(),
    ]
    const update = (id: string, data: object) => prisma().job.update({ where: { id }, data })
    await update(taken.id, { attempt: 2, claimToken: randomUUID() })
    await update(handedBack.id, { status: 'RETRYING', claimToken: null })
    await prisma().job.delete({ where: { id: removed.id } })
    await update(canceled.id, { cancelRequestedAt: new Date() })
    await beat(workerId, running)
    const causes = [taken, handedBack, removed, canceled, held].map(({ abort }) => abort.mock.calls)
    expect(causes).toEqual([[['lost']], [['lost']], [['lost']], [['canceled']], []])
  })
})
