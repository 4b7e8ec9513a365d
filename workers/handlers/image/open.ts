import { open } from 'node:fs/promises'
import sharp, { type SharpOptions } from 'sharp'
import { SNIFF_BYTES, sniffImage } from '@/lib/files/content-type'
import { MAX_PIXELS, megapixels } from '@/lib/files/limits'
import { fileForJob } from '@/lib/files/read'
import type { FileRecord } from '@/lib/files/view'
import { permanentError } from '@/lib/jobs/job-error'
import type { Size } from '@/lib/jobs/types/image-geometry'
import { storage } from '@/lib/storage/storage'
import { StorageError } from '@/lib/storage/storage-error'
import { abortable } from '@/lib/time/limit'

/** How every image is read: its first frame, within the limit, tolerating what browsers tolerate. */
export const readOptions: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error' }

/** An image copied out of storage. */
export type SourceImage = { file: FileRecord; path: string; size: Size; hasAlpha: boolean }

/**
 * Copies an image of the job's owner to a local file and looks at its header.
 * @throws {JobError} permanent, when it is gone, no image, or has too many pixels
 * @throws {StorageError} when the storage does not answer; another attempt may succeed
 */
export async function openImage(
  fileId: string,
  job: { ownerId: string | null; signal: AbortSignal },
  path: string,
): Promise<SourceImage> {
  const file = await fileForJob(fileId, job.ownerId)
  if (!file) throw permanentError('file_gone', 'The image was deleted before the job could run.')
  await copyTo(path, file, job.signal)
  if (!sniffImage(await firstBytes(path))) throw notAnImage(file)
  const { width, height, hasAlpha } = await abortable(header(path, file), job.signal)
  if (width * height > MAX_PIXELS) {
    throw permanentError(
      'image_too_large',
      `“${file.name}” has ${megapixels(width, height)} megapixels; at most ${MAX_PIXELS / 1e6} are processed.`,
    )
  }
  return { file, path, size: { width, height }, hasAlpha }
}

async function copyTo(path: string, file: FileRecord, signal: AbortSignal): Promise<void> {
  try {
    await storage().copyTo(path, file.storageKey, { signal })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof StorageError && error.code === 'missing') {
      throw permanentError('file_gone', `The content of “${file.name}” is gone.`, error)
    }
    throw error
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Size as a person sees it; the limit on pixels is checked afterwards, for a better sentence. */
async function header(path: string, file: FileRecord): Promise<Size & { hasAlpha: boolean }> {
  try {
    const { autoOrient, hasAlpha } = await sharp(path, { limitInputPixels: false }).metadata()
    return { ...autoOrient, hasAlpha }
  } catch (error) {
    throw notAnImage(file, error)
  }
}

function notAnImage({ name }: FileRecord, cause?: unknown) {
  return permanentError('not_an_image', `“${name}” is damaged or no image that can be read.`, cause)
}
