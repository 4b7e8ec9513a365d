import { z } from 'zod'
import { contentHeaders } from '@/app/_server/files/content-headers'
import { deleteFile } from '@/app/_server/files/delete'
import { receiveForm } from '@/app/_server/files/form'
import { streamOf } from '@/app/_server/http/stream-of'
import { pageSchema } from '@/lib/db/page'
import { getFile, listFiles, openFile } from '@/lib/files/read'
import { fileView, fileViewSchema } from '@/lib/files/view'
import { object, pageOf, shown } from '../answers'
import { exampleFile } from '../examples'
import { operation, tagged } from '../operation'

const file = (description: string) =>
  object({ file: fileViewSchema }, { file: exampleFile }, description)

const contentHeadersOf = {
  'Content-Disposition':
    'The file’s name; `attachment` unless `inline=1` and it is an image or a PDF report.',
  ETag: 'Never changes: send it as `If-None-Match`.',
}

const inline = z.object({
  // Anything else has always meant a download.
  inline: z
    .enum(['1'])
    .optional()
    .catch(undefined)
    .meta({ description: 'Shows it in the browser instead of saving it.' }),
})

/** Files: uploads, and what jobs made. */
export const fileOperations = tagged('Files', {
  uploadFile: operation('POST', '/api/v1/files', {
    summary: 'Upload an image',
    description:
      'JPEG, PNG, WebP, AVIF or GIF, recognized by its content; up to 20 MB and 40 megapixels.',
    scope: 'files:write',
    body: {
      contentType: 'multipart/form-data',
      schema: z.object({ file: z.file() }),
      examples: {},
    },
    answers: {
      201: { ...file('The stored file.'), location: ({ file: { id } }) => `/api/v1/files/${id}` },
    },
    handle: async ({ viewer, request }) => ({
      file: fileView(await receiveForm(viewer, request)),
    }),
  }),
  listFiles: operation('GET', '/api/v1/files', {
    summary: 'List files',
    description: 'Uploads and results, newest first.',
    scope: 'files:read',
    query: pageSchema,
    answers: { 200: pageOf(fileViewSchema, exampleFile, 'A page of files.') },
    handle: async ({ viewer, query }) => shown(await listFiles(viewer, query), fileView),
  }),
  getFile: operation('GET', '/api/v1/files/{id}', {
    summary: 'Get a file’s record',
    scope: 'files:read',
    answers: { 200: file('The record.') },
    handle: async ({ viewer, id }) => ({ file: fileView(await getFile(viewer, id)) }),
  }),
  deleteFile: operation('DELETE', '/api/v1/files/{id}', {
    summary: 'Delete a file',
    scope: 'files:write',
    answers: { 200: file('The deleted file.') },
    errors: { 409: 'An unfinished job needs it.' },
    async handle({ viewer, id }) {
      const file = await getFile(viewer, id)
      await deleteFile(viewer, id)
      return { file: fileView(file) }
    },
  }),
  downloadFile: operation('GET', '/api/v1/files/{id}/content', {
    summary: 'Download a file',
    scope: 'files:read',
    query: inline,
    answers: {
      200: {
        description: 'Its bytes.',
        contentType: 'application/octet-stream',
        headers: contentHeadersOf,
      },
      304: { description: 'Your copy is current.' },
    },
    async handle({ viewer, id, query, request }) {
      const headers = contentHeaders(await getFile(viewer, id), query.inline === '1')
      if (request.headers.get('if-none-match') === headers.get('etag')) {
        return new Response(null, { status: 304, headers })
      }
      const { stream } = await openFile(viewer, id, { signal: request.signal })
      return new Response(
        streamOf(stream, () => stream.destroy()),
        { headers },
      )
    },
  }),
  describeFile: operation('HEAD', '/api/v1/files/{id}/content', {
    summary: 'Get a download’s headers',
    scope: 'files:read',
    query: inline,
    answers: { 200: { description: 'No body.', headers: contentHeadersOf } },
    handle: async ({ viewer, id }) =>
      new Response(null, { headers: contentHeaders(await getFile(viewer, id), false) }),
  }),
})
