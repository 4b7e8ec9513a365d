import type { ScheduleView } from '@/app/_server/schedules/view'
import type { Viewer } from '@/lib/access/viewer'

/** Whose schedule it is, for admins where it is not their own. */
export function ownerOf(
  { system, ownerId }: ScheduleView,
  viewer: Viewer,
  names: ReadonlyMap<string, string>,
): string | undefined {
  if (system) return 'Millrace’s own'
  if (!ownerId || ownerId === viewer.userId) return undefined
  return `by ${names.get(ownerId) ?? 'somebody'}`
}
