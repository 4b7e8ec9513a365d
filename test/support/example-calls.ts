import { readFileSync } from 'node:fs'
import { v7 as uuidv7 } from 'uuid'
import type { Operation } from '@/app/_api/operation'
import { picture, type recordsOf } from './api-records'

type Records = ReturnType<typeof recordsOf>

/** Real values for what an example only speaks of, by the name of the field. */
type Real = Record<string, string>

/** What a call's path is about, where the path alone does not say. */
const subjects: Record<string, (records: Records) => Promise<Real>> = {
  cancelJob: async ({ job }) => ({ id: await job('SCHEDULED') }),
  retryJob: async ({ job }) => ({ id: await job('FAILED') }),
  replayWebhookDelivery: async ({ delivery }) => {
    const { id, endpointId } = await delivery()
    return { id: endpointId, deliveryId: id }
  },
}

/** What a call's path is about, by how the path begins. */
const subjectsByPath: Record<string, (records: Records) => Promise<string>> = {
  '/api/v1/jobs/{id}': ({ job }) => job('COMPLETED'),
  '/api/v1/batches/{id}': ({ batch }) => batch(),
  '/api/v1/schedules/{id}': ({ schedule }) => schedule(),
  '/api/v1/files/{id}': ({ file }) => file(),
  '/api/v1/webhook-endpoints/{id}': ({ endpoint }) => endpoint(),
}

/** The path of a call, on a new record of the person whose records these are. */
export async function examplePath(
  { id, path }: Operation,
  records: Records,
): Promise<{ path: string; real: Real }> {
  if (!path.includes('{')) return { path, real: {} }
  const own = subjects[id]
  const start = Object.keys(subjectsByPath).find((prefix) => path.startsWith(prefix)) ?? ''
  const byPath = subjectsByPath[start]
  if (!own && !byPath) throw new Error(`Say in example-calls.ts what ${path} is about`)
  const real = own ? await own(records) : { id: (await byPath?.(records)) ?? '' }
  return { path: path.replace('{id}', real.id ?? ''), real }
}

/** One of a call's bodies, with real ids for the example’s. */
export async function exampleBody(
  operation: Operation,
  name: string,
  records: Records,
  real: Real,
): Promise<unknown> {
  if (operation.body?.contentType === 'multipart/form-data') {
    const form = new FormData()
    form.set('file', new Blob([readFileSync(picture)]), 'beach.jpg')
    return form
  }
  const value = operation.body?.examples[name]?.value
  const speaksOf = (field: string) => JSON.stringify(value).includes(`"${field}"`)
  const ids: Real = {
    ...(speaksOf('fileId') ? { fileId: await records.file() } : {}),
    ...(speaksOf('endpointId') ? { endpointId: await records.endpoint() } : {}),
    ...(speaksOf('email') ? { email: `${uuidv7()}@example.com` } : {}),
    ...real,
  }
  return replaced(value, ids)
}

/** The names of a call's examples; one without a name where it has no body. */
export function exampleNames({ body }: Operation): string[] {
  const names = Object.keys(body?.examples ?? {})
  return names.length > 0 ? names : ['']
}

/** The status that says a call did what it is for: its first, but 202 where 200 means "already". */
export function successOf({ answers }: Operation): number {
  return 202 in answers ? 202 : Number(Object.keys(answers)[0])
}

function replaced(value: unknown, real: Real): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, real))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, real[key] ?? replaced(inner, real)]),
  )
}
