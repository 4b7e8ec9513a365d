import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '@/lib/db/prisma'
import type { FieldIssue } from '@/lib/errors/app-error'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import { geometryProblem, sizeAfter, workProblem } from './image-geometry'
import { type ImageInput, type ImageOperation, imageInput } from './image-input'

/** Resizes, crops, watermarks and converts one uploaded image. */
export const image = defineJob({
  type: 'image',
  queue: defineQueue({ name: 'image-processing' }),
  label: 'Image',
  description: 'Resizes, crops, watermarks and converts an uploaded image.',
  input: imageInput,
  output: z.object({
    fileId: z.uuid(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    format: z.string(),
  }),
  attempts: 5,
  timeoutMs: 5 * 60_000,
  async prepare(db, inputs, { ownerId }) {
    const references = inputs.map(referencesOf)
    const files = await findFiles(db, references.flat(), ownerId)
    return inputs.map((input, index) => {
      const source = files.get(input.fileId)
      const missing = references[index]?.flatMap((reference) => fileIssues(reference, files)) ?? []
      return {
        title: `${operationWords(input)} ${source?.name ?? 'image'}`,
        issues: source ? [...missing, ...geometryIssues(source, input.operations)] : missing,
        dedupeKey: createHash('sha256').update(JSON.stringify(input)).digest('hex'),
      }
    })
  },
})

type Reference = { path: string; id: string }

type SourceFile = {
  id: string
  name: string
  contentType: string
  width: number | null
  height: number | null
}

function referencesOf({ fileId, operations }: ImageInput): Reference[] {
  const marks = operations.flatMap((operation, index) =>
    operation.type === 'watermark' && operation.fileId
      ? [{ path: `operations.${index}.fileId`, id: operation.fileId }]
      : [],
  )
  return [{ path: 'fileId', id: fileId }, ...marks]
}

async function findFiles(db: Database, references: Reference[], ownerId: string | null) {
  const found: SourceFile[] = await db.file.findMany({
    where: {
      id: { in: [...new Set(references.map(({ id }) => id))] },
      ...(ownerId ? { ownerId } : {}),
    },
    select: { id: true, name: true, contentType: true, width: true, height: true },
  })
  return new Map(found.map((file) => [file.id, file]))
}

function fileIssues({ path, id }: Reference, files: Map<string, SourceFile>): FieldIssue[] {
  const file = files.get(id)
  if (!file) return [{ path, message: 'No file of yours has this id' }]
  if (file.contentType.startsWith('image/')) return []
  return [{ path, message: `Expected an image, but ${file.name} is ${file.contentType}` }]
}

/** Follows the size of the picture through the operations, up to the first that cannot be done. */
function geometryIssues({ width, height }: SourceFile, operations: ImageOperation[]): FieldIssue[] {
  if (!width || !height) return []
  let size = { width, height }
  for (const [index, operation] of operations.entries()) {
    const message = geometryProblem(size, operation)
    if (message) return [{ path: `operations.${index}`, message }]
    size = sizeAfter(size, operation)
  }
  const message = workProblem({ width, height }, operations)
  return message ? [{ path: 'operations', message }] : []
}

function operationWords({ operations, format }: ImageInput): string {
  const verbs = [...new Set(operations.map(({ type }) => type))]
  if (verbs.length === 0) return format ? `Convert to ${format.toUpperCase()}` : 'Copy'
  const words = verbs.join(' + ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
