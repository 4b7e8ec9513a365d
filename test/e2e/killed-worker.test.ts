import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { storeUpload } from '@/app/_server/files/upload'
import { closePool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueue } from '@/lib/jobs/enqueue'
import { closeQueues } from '@/lib/queue/backend'
import { storage } from '@/lib/storage/storage'
import { attemptsOf, reaches } from '@/test/support/engine'
import { createViewer } from '@/test/support/owner'
import { createDatabase } from '@/test/support/postgres'
import { createDataDir, startWorkerProgram } from '@/test/support/programs'

/** Noise takes an encoder long enough to be killed in the middle. */
async function slowPicture(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = sharp({
    create: { width: 2_400, height: 1_800, channels: 3, background: 'grey', noise },
  })
  return picture.jpeg({ quality: 90 }).toBuffer()
}

describe('a worker killed in the middle of an image', () => {
  test('leaves a job that completes in its second attempt, with one result', async () => {
    const database = await createDatabase()
    const env = { DATABASE_URL: database.url, DATA_DIR: await createDataDir() }
    Object.assign(process.env, env)
    const viewer = await createViewer()
    const stream = Readable.from([await slowPicture()])
    const file = await storeUpload(viewer, { name: 'noise.jpg', stream })
    const first = await startWorkerProgram(env)
    const { job } = await transaction((tx) =>
      enqueue(
        tx,
        catalog.image,
        { fileId: file.id, operations: [{ type: 'resize', width: 4_000 }], format: 'avif' },
        { ownerId: viewer.userId },
      ),
    )
    await reaches(job.id, 'ACTIVE')
    await first.stop('SIGKILL')
    expect(await prisma().job.findUnique({ where: { id: job.id } })).toMatchObject({
      status: 'ACTIVE',
      attempt: 1,
    })

    const second = await startWorkerProgram(env)
    const done = await reaches(job.id, 'COMPLETED', 120_000)
    expect(done.attempt).toBe(2)
    expect(await attemptsOf(job.id)).toMatchObject([
      { number: 1, outcome: 'LOST', error: { code: 'worker_lost' } },
      { number: 2, outcome: 'COMPLETED', reason: 'WORKER_LOST' },
    ])
    const results = await prisma().file.findMany({ where: { kind: 'RESULT' } })
    expect(results).toMatchObject([{ jobId: job.id, width: 4_000, height: 3_000 }])
    const bytes = await buffer(await storage().get(results[0]?.storageKey ?? ''))
    expect(bytes.length).toBe(results[0]?.bytes)
    await second.stop()
    await closeQueues()
    await closePool()
    await database.drop()
  }, 240_000)
})
