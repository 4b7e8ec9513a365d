import { z } from 'zod'
import { fileViewSchema } from '@/lib/files/view'
import { pageSchema } from '@/lib/jobs/list'
import { location, one, pageOf } from '@/lib/openapi/answers'
import { exampleFile } from '@/lib/openapi/examples'
import type { Operation } from '@/lib/openapi/operation'

const bytes = {
  'Content-Disposition': 'The file’s name; `attachment` unless `inline=1` and it is an image.',
  ETag: 'Never changes: send it as `If-None-Match`.',
}

const inline = z.object({
  inline: z.enum(['1']).optional().meta({ description: 'To be shown instead of saved.' }),
})

/** Files: uploads, and what jobs made. */
export const fileOperations: Operation[] = [
  {
    id: 'uploadFile',
    method: 'POST',
    path: '/api/v1/files',
    tag: 'Files',
    summary: 'Upload an image',
    description:
      'JPEG, PNG, WebP, AVIF or GIF, told from its content; at most 20 MB and 40 megapixels.',
    scope: 'files:write',
    body: {
      contentType: 'multipart/form-data',
      schema: z.object({ file: z.file() }),
      examples: {},
    },
    answers: {
      201: { ...one('file', fileViewSchema, exampleFile, 'It is stored.'), headers: location },
    },
  },
  {
    id: 'listFiles',
    method: 'GET',
    path: '/api/v1/files',
    tag: 'Files',
    summary: 'List files',
    description: 'Uploads and results, newest first.',
    scope: 'files:read',
    query: pageSchema,
    answers: { 200: pageOf(fileViewSchema, exampleFile, 'A page of files.') },
  },
  {
    id: 'getFile',
    method: 'GET',
    path: '/api/v1/files/{id}',
    tag: 'Files',
    summary: 'Show a file',
    scope: 'files:read',
    answers: { 200: one('file', fileViewSchema, exampleFile, 'Its record.') },
  },
  {
    id: 'deleteFile',
    method: 'DELETE',
    path: '/api/v1/files/{id}',
    tag: 'Files',
    summary: 'Delete a file',
    scope: 'files:write',
    answers: { 200: one('file', fileViewSchema, exampleFile, 'What it was.') },
    errors: { 409: 'A job that has not ended needs it.' },
  },
  {
    id: 'downloadFile',
    method: 'GET',
    path: '/api/v1/files/{id}/content',
    tag: 'Files',
    summary: 'Download a file',
    scope: 'files:read',
    query: inline,
    answers: {
      200: {
        description: 'Its bytes.',
        contentType: 'application/octet-stream',
        headers: bytes,
      },
      304: { description: 'What was downloaded before is still right.' },
    },
  },
  {
    id: 'describeFile',
    method: 'HEAD',
    path: '/api/v1/files/{id}/content',
    tag: 'Files',
    summary: 'Show a download’s headers',
    scope: 'files:read',
    query: inline,
    answers: { 200: { description: 'No body.', headers: bytes } },
  },
]
