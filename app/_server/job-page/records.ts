import { validate as isUuid } from 'uuid'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import type { RecordName } from '@/lib/jobs/form-hints'
import type { Entry } from './readable'

/** Most records of a kind that are looked up for one page. */
const MOST = 50

/** A record that an input names by its id. */
export type NamedRecord = {
  name: string
  href: string
  /** Where a picture of it is. */
  picture?: string
}

/** The files and endpoints that inputs name, as far as they are there and the viewer's to see, by id. */
export async function recordsIn(
  viewer: Viewer,
  entries: readonly Entry[],
): Promise<Map<string, NamedRecord>> {
  const owned = ownedBy(viewer)
  const [files, endpoints] = await Promise.all([
    idsOf(entries, 'file', (id) =>
      prisma().file.findMany({
        where: { id, ...owned },
        select: { id: true, name: true, contentType: true },
      }),
    ),
    idsOf(entries, 'endpoint', (id) =>
      prisma().webhookEndpoint.findMany({
        where: { id, ...owned },
        select: { id: true, url: true, description: true },
      }),
    ),
  ])
  return new Map<string, NamedRecord>([
    ...files.map(({ id, name, contentType }) => {
      const href = `/api/v1/files/${id}/content?inline=1`
      const picture = contentType.startsWith('image/') ? { picture: href } : {}
      return [id, { name, href, ...picture }] as const
    }),
    ...endpoints.map(({ id, url, description }) => {
      return [id, { name: description || url, href: `/webhooks/${id}` }] as const
    }),
  ])
}

/** Asks for the records of a kind, unless none is named. */
async function idsOf<T>(
  entries: readonly Entry[],
  kind: RecordName,
  find: (id: { in: string[] }) => Promise<T[]>,
): Promise<T[]> {
  const named = entries
    .flatMap(({ parts }) => parts)
    .flatMap(({ record, text }) => (record === kind && isUuid(text) ? [text] : []))
  return named.length > 0 ? find({ in: [...new Set(named)].slice(0, MOST) }) : []
}
