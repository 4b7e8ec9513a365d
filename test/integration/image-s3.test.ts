import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { storeUpload } from '@/app/_server/files/upload'
import type { Viewer } from '@/lib/access/viewer'
import { closePool } from '@/lib/db/pool'
import { openFile } from '@/lib/files/read'
import { imageInput } from '@/lib/jobs/types/image-input'
import { storage } from '@/lib/storage/storage'
import { plainPicture } from '@/test/support/images'
import { jobContext } from '@/test/support/job-context'
import { createJobRecord, createViewer } from '@/test/support/owner'
import { createDatabase } from '@/test/support/postgres'
import { type S3Server, startS3 } from '@/test/support/s3'
import { image } from '@/workers/handlers/image'

let server: S3Server
let drop: () => Promise<void>
let ann: Viewer

beforeAll(async () => {
  const database = await createDatabase()
  server = await startS3()
  process.env.DATABASE_URL = database.url
  drop = database.drop
  ann = await createViewer()
})
afterAll(async () => {
  await closePool()
  await drop()
  await server.close()
})

async function job() {
  const picture = await plainPicture(40, 20).png().toBuffer()
  const { id } = await storeUpload(ann, { name: 'a.png', stream: Readable.from([picture]) })
  const input = imageInput.parse({ fileId: id, operations: [{ type: 'resize', width: 20 }] })
  const jobId = await createJobRecord(ann.userId, 'image', input)
  return jobContext<'image'>(input, { jobId, ownerId: ann.userId })
}

it('reads from the bucket and stores the result there', async () => {
  expect(storage().place).toBe('S3 bucket millrace-test')
  const result = await image(await job())
  const { file, stream } = await openFile(ann, result.fileId)
  expect(file).toMatchObject({ width: 20, height: 10, name: 'a-resized.png' })
  expect((await buffer(stream)).length).toBe(result.bytes)
})

it('leaves a storage that is away to another attempt, and tells a person so', async () => {
  const context = await job()
  await server.close()
  const error = await image(context).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ name: 'StorageError', code: 'unavailable' })
  await expect(openFile(ann, context.input.fileId)).rejects.toMatchObject({
    name: 'AppError',
    code: 'unavailable',
  })
})
