import { createReadStream } from 'node:fs'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { type AppError, invalidInput } from '@/lib/errors/app-error'
import {
  extensions,
  type ImageContentType,
  SNIFF_BYTES,
  sniffImage,
} from '@/lib/files/content-type'
import { cleanFileName } from '@/lib/files/file-name'
import { MAX_PIXELS, megapixels } from '@/lib/files/limits'
import { storageAppError } from '@/lib/files/storage-app-error'
import type { FileRecord } from '@/lib/files/view'
import { uploadKey } from '@/lib/storage/keys'
import { storage } from '@/lib/storage/storage'
import { withTemporaryFolder } from '@/lib/storage/temporary'
import { type ByteSource, withFileSource } from './byte-source'
import { type ImageSize, imageSize } from './image-size'
import { type ByteStream, receive } from './receive'
import { removeBytes } from './remove-bytes'

type Upload = { name: string; stream: ByteStream; signal?: AbortSignal }

/**
 * Stores an image a person sends, as theirs. What it is, is told from its content: JPEG, PNG,
 * WebP, AVIF or GIF, at most 20 MB and 40 megapixels. Nothing is decoded here.
 * @throws {AppError} `too_large`, `invalid_input` (path `file`), or `unavailable` when it cannot
 * be stored
 */
export async function storeUpload(viewer: Viewer, upload: Upload): Promise<FileRecord> {
  try {
    return await withTemporaryFolder(async (folder) => {
      const received = path.join(folder, 'upload')
      await receive(upload.stream, received, upload.signal)
      const image = await withFileSource(received, examine)
      return await keep(viewer, upload, received, image)
    })
  } catch (error) {
    throw storageAppError(error)
  }
}

type Examined = ImageSize & { contentType: ImageContentType; bytes: number }

/** Looks at parts of the file: the whole of it would be in memory for each upload under way. */
async function examine(source: ByteSource): Promise<Examined> {
  if (source.size === 0) throw refused('This file is empty')
  const contentType = sniffImage(await source.read(0, SNIFF_BYTES))
  if (!contentType) throw refused('Expected a JPEG, PNG, WebP, AVIF or GIF image')
  const size = await imageSize(source, contentType)
  if (!size) throw refused('This image is damaged: its size cannot be read')
  const { width, height } = size
  if (width * height > MAX_PIXELS) {
    throw refused(
      `This image has ${megapixels(width, height)} megapixels (${width} × ${height}); at most ${MAX_PIXELS / 1e6} are allowed`,
    )
  }
  return { contentType, width, height, bytes: source.size }
}

function refused(message: string): AppError {
  return invalidInput([{ path: 'file', message }])
}

/** Bytes first, then the record: a record always has its bytes. */
async function keep(
  viewer: Viewer,
  { name, signal }: Upload,
  received: string,
  image: Examined,
): Promise<FileRecord> {
  const id = uuidv7()
  const storageKey = uploadKey(id)
  await storage().put(storageKey, createReadStream(received), {
    contentType: image.contentType,
    bytes: image.bytes,
    ...(signal ? { signal } : {}),
  })
  try {
    return await prisma().file.create({
      data: {
        id,
        ownerId: viewer.userId,
        kind: 'UPLOAD',
        name: cleanFileName(name, extensions[image.contentType]),
        storageKey,
        ...image,
      },
    })
  } catch (error) {
    await removeBytes(storageKey)
    throw error
  }
}
