import { namesOf } from '@/lib/access/names'
import type { Viewer } from '@/lib/access/viewer'
import type { Pause } from '@/lib/db/generated/client'
import { findDefinition } from '../catalog'

/** A pause as people read it. */
export type DescribedPause = Pick<Pause, 'id' | 'reason' | 'createdById'> & {
  /** Which jobs it is about: `Email jobs of Ann tagged “summer”`. */
  subject: string
  /** ISO 8601; null: until an admin resumes them. */
  until: string | null
  createdAt: string
}

/** Pauses in words, as the viewer may read them: of other people's names an admin alone. */
export async function describePauses(
  viewer: Viewer,
  pauses: readonly Pause[],
): Promise<DescribedPause[]> {
  if (pauses.length === 0) return []
  const names = await namesOf(
    viewer,
    pauses.map(({ ownerId }) => ownerId),
  )
  return pauses.map((pause) => ({
    id: pause.id,
    subject: subjectOf(pause, names),
    until: pause.until?.toISOString() ?? null,
    reason: pause.reason,
    createdById: pause.createdById,
    createdAt: pause.createdAt.toISOString(),
  }))
}

function subjectOf({ type, ownerId, tag }: Pause, names: Map<string, string>): string {
  const jobs = type ? `${findDefinition(type)?.label ?? type} jobs` : 'Jobs'
  const whose = ownerId ? ` of ${names.get(ownerId) ?? 'one person'}` : ''
  return `${jobs}${whose}${tag ? ` tagged “${tag}”` : ''}`
}
