import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import sharp from 'sharp'
import { v7 as uuidv7 } from 'uuid'
import { storeUpload } from '@/app/_server/files/upload'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { image } from '@/lib/jobs/types/image'
import { handlers } from '@/workers/handlers'
import { catalogJobs } from '@/workers/runtime/registry'
import { startWorker } from '@/workers/runtime/worker'
import { untilTrue } from './until-true'

const WIDTH = 1_600

/** A picture with the detail of a photograph, as JPEG. */
function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  return sharp({ create: { width: 3_000, height: 2_000, channels: 3, background: 'grey', noise } })
    .blur(2)
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Images per second that sharp alone reads, resizes and writes, five at a time. */
export async function plainImages(count: number): Promise<number> {
  const folder = path.join(process.env.DATA_DIR ?? '.data', 'plain')
  await mkdir(folder, { recursive: true })
  const source = path.join(folder, 'source.jpg')
  await pipeline(Readable.from([await photograph()]), createWriteStream(source))
  sharp.cache(false)
  sharp.concurrency(1)
  let next = 0
  const begin = performance.now()
  const lane = async () => {
    while (next < count) {
      const target = path.join(folder, `${next++}.webp`)
      const work = sharp().autoOrient().resize(WIDTH).webp({ quality: 80 })
      await pipeline(createReadStream(source), work, createWriteStream(target))
    }
  }
  await Promise.all(Array.from({ length: image.declaredQueue.concurrency }, lane))
  return (count * 1_000) / (performance.now() - begin)
}

/** Images per second that jobs read, resize and store. */
export async function imageJobs(count: number): Promise<number> {
  const userId = uuidv7()
  await prisma().user.create({ data: { id: userId, email: `${userId}@example.com`, name: 'Ann' } })
  const content = await photograph()
  const file = await storeUpload(
    { userId, role: 'USER' },
    { name: 'photograph.jpg', stream: Readable.from([content]) },
  )
  // Jobs for the same work would be one job: each is a pixel wider than the one before.
  const items = Array.from({ length: count }, (_, index) => ({
    input: {
      fileId: file.id,
      operations: [{ type: 'resize' as const, width: WIDTH + index }],
      format: 'webp' as const,
      quality: 80,
    },
  }))
  await transaction((tx) => enqueueMany(tx, image, items, { ownerId: userId }))
  const begin = performance.now()
  const jobs = catalogJobs(handlers).filter(({ definition }) => definition.type === image.type)
  const worker = await startWorker({ jobs, version: 'bench' })
  await untilTrue(async () => {
    const { rows } = await pool().query(
      `SELECT 1 FROM "Job" WHERE type = 'image' AND status <> 'COMPLETED' LIMIT 1`,
    )
    return rows.length === 0
  })
  const rate = (count * 1_000) / (performance.now() - begin)
  await worker.stop(5_000)
  return rate
}
