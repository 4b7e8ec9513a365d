import { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import type { Viewer } from '@/lib/access/viewer'
import { AppError, invalidInput } from '@/lib/errors/app-error'
import { MAX_UPLOAD_BYTES } from '@/lib/files/limits'
import type { FileRecord } from '@/lib/files/view'
import { storeUpload } from './upload'

/** Room for the form around the file. */
const MAX_FORM_BYTES = MAX_UPLOAD_BYTES + 64 * 1024
const MEGABYTES = MAX_UPLOAD_BYTES / 1024 / 1024

/**
 * Stores the file of a multipart form's field `file`, streamed; other fields, and further files,
 * are ignored.
 * @throws {AppError} `too_large`, or `invalid_input` with the path `file`
 */
export async function receiveForm(viewer: Viewer, request: Request): Promise<FileRecord> {
  if (Number(request.headers.get('content-length')) > MAX_FORM_BYTES) {
    throw new AppError('too_large', `This file is larger than ${MEGABYTES} MB.`)
  }
  const form = parser(request.headers.get('content-type') ?? '')
  if (!request.body || !form) throw refused('Expected a multipart form with a file')
  const source = Readable.from(request.body)
  try {
    return await new Promise<FileRecord>((resolve, reject) => {
      let found = false
      form.on('file', (field, stream, filename) => {
        if (field !== 'file' || found) return stream.resume()
        found = true
        const name = filename ?? ''
        storeUpload(viewer, { name, stream, signal: request.signal }).then(resolve, reject)
      })
      form.on('finish', () => {
        if (!found) reject(refused('Expected a file'))
      })
      const broken = () => reject(refused('The form ended before the file did'))
      form.on('error', broken)
      source.on('error', broken)
      source.pipe(form)
    })
  } finally {
    source.unpipe(form)
    source.destroy()
  }
}

function parser(contentType: string): BusboyInstance | undefined {
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType)) return undefined
  return new Busboy({
    headers: { 'content-type': contentType },
    // One byte more than allowed, so that a file that is too large is seen to be.
    limits: { files: 5, fields: 20, fieldSize: 4_096, fileSize: MAX_UPLOAD_BYTES + 1 },
  })
}

function refused(message: string): AppError {
  return invalidInput([{ path: 'file', message }])
}
