import type { Notification } from '@/lib/db/generated/client'

/** Notifications that follow each other and say the same, together; the others each alone. */
export function alike<Notice extends Pick<Notification, 'kind' | 'body'>>(
  notices: readonly Notice[],
): Notice[][] {
  const groups: Notice[][] = []
  for (const notice of notices) {
    const [last] = groups.at(-1) ?? []
    const isAlike = last?.kind === notice.kind && last.body === notice.body && notice.body !== ''
    if (isAlike) groups.at(-1)?.push(notice)
    else groups.push([notice])
  }
  return groups
}
