import { createReadStream } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { withTemporaryFolder } from '@/lib/storage/temporary'
import type { Handler } from '@/workers/runtime/handler'
import { assertHolds, outputFormat } from './image/format'
import { openImage } from './image/open'
import { planPasses } from './image/passes'
import { render } from './image/render'
import { resultName } from './image/result-name'
import { storeResult } from './result'

// Jobs run beside each other already: threads and caches per image would only cost memory.
sharp.cache(false)
sharp.concurrency(1)

/**
 * Does an image's operations in their order and stores one result file.
 * Of an animated image only the first frame is taken; metadata, such as a place, is not kept.
 */
export const image: Handler<'image'> = (job) =>
  withTemporaryFolder(async (folder) => {
    const { input, jobId, ownerId, signal } = job
    job.progress(2, 'Reading the image')
    const source = await openImage(input.fileId, job, path.join(folder, 'source'))
    const { file, size } = source
    const passes = planPasses(size, input.operations)
    const format = outputFormat(input.format, file.contentType)
    assertHolds(format, passes.at(-1)?.size ?? size)
    const { quality } = input
    const {
      path: made,
      width,
      height,
    } = await render(source, passes, { format, quality }, folder, job)
    job.progress(90, 'Storing the result')
    const result = await storeResult({
      jobId,
      ownerId: ownerId ?? file.ownerId,
      name: resultName(file.name, input.operations, format),
      contentType: `image/${format}`,
      width,
      height,
      content: createReadStream(made),
      signal,
    })
    job.log(`Made ${result.name}: ${width} × ${height} pixels, ${result.bytes} bytes`)
    return { fileId: result.id, width, height, bytes: result.bytes, format }
  })
