import { z } from 'zod'
import type { File as FileRecord } from '@/lib/db/generated/client'
import { shownAs } from '@/lib/format/shown'

export type { FileRecord }

/** A file as the API and the console's pages show it. */
export const fileViewSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['upload', 'result']),
    name: z.string(),
    contentType: z.string(),
    bytes: z.int(),
    width: z
      .int()
      .nullable()
      .meta({ description: 'In pixels, as the image is shown; null if it is not an image.' }),
    height: z.int().nullable(),
    jobId: z.uuid().nullable().meta({ description: 'The job that made it.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'File' })
export type FileView = z.output<typeof fileViewSchema>

/** The record without what concerns nobody outside: owner and storage key. */
export function fileView(file: FileRecord): FileView {
  return shownAs(fileViewSchema, { ...file, kind: file.kind === 'UPLOAD' ? 'upload' : 'result' })
}
