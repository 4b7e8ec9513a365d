import { prisma } from '@/lib/db/prisma'
import type { RecordName } from '@/lib/jobs/form-hints'

/** Most records a field offers, newest first: who wants an older one takes its id. */
const MOST = 100

/** A record as a field offers it; `url` is where an endpoint leads. */
type RecordChoice = { value: string; label: string; url?: string }
export type RecordChoices = Record<RecordName, RecordChoice[]>

/** The records of a person that fields of generated forms can name. */
export async function recordChoices(ownerId: string): Promise<RecordChoices> {
  const newest = { orderBy: { id: 'desc' }, take: MOST } as const
  const [files, endpoints] = await Promise.all([
    prisma().file.findMany({
      where: { ownerId },
      select: { id: true, name: true, contentType: true },
      ...newest,
    }),
    prisma().webhookEndpoint.findMany({
      where: { ownerId, enabled: true },
      select: { id: true, url: true, description: true },
      ...newest,
    }),
  ])
  return {
    file: files
      .filter(({ contentType }) => contentType.startsWith('image/'))
      .map(({ id, name }) => ({ value: id, label: name })),
    endpoint: endpoints.map(({ id, url, description }) => ({
      value: id,
      label: description || url,
      url,
    })),
  }
}
