import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { queue } from '@/lib/queue/backend'
import { attemptsOf } from '@/test/support/engine'
import { freeJobs, submitAct } from '@/test/support/free-job'
import { ownDatabase } from '@/test/support/own-database'
import { createClaim } from '@/workers/runtime/attempts'
import { createProcessor } from '@/workers/runtime/deliver'
import { execute } from '@/workers/runtime/execute'
import { createJournal } from '@/workers/runtime/journal'
import { createRunning } from '@/workers/runtime/running'

ownDatabase()

const admin = { userId: '00000000-0000-7000-8000-000000000000', role: 'ADMIN' } as const

test('a cancel that comes before a claim is answered stops the attempt before it begins [R5]', async () => {
  const running = createRunning()
  const journal = createJournal()
  const workerId = uuidv7()
  const claim = createClaim(workerId, () => 1)
  const jobs = new Map(freeJobs.map((job) => [job.definition.type, job]))
  const process = createProcessor({
    workerId,
    async claim(delivery) {
      const answer = await claim(delivery)
      await cancelJob(admin, delivery.jobId)
      running.abort(delivery.jobId, 'canceled')
      return answer
    },
    run: (claimed) => execute(claimed, { running, journal, jobs }),
    running,
    journal,
    aside: { step: () => 0 },
  })
  let runs = 0
  const { id } = await submitAct(() => runs++)
  const entry = await (await queue('deliveries')).add('free', { id })
  await process(entry, undefined)
  expect(await prisma().job.findUnique({ where: { id } })).toMatchObject({ status: 'CANCELED' })
  expect(await attemptsOf(id)).toMatchObject([{ outcome: 'CANCELED' }])
  expect(runs).toBe(0)
})
