import type { Channel } from '@/app/_server/alerts/channels'
import { findKind } from '@/lib/alerts/kinds/kinds'
import { placeOf } from '@/lib/alerts/subject'
import { countOf } from '@/lib/format/count'

type Terms = {
  kind: string
  scope: 'ALL' | 'QUEUE' | 'TYPE'
  target: string | null
  fireAt: number
  resolveAt: number
  windowMinutes: number | null
}

/** What a rule watches: `every queue`, `queue email`, `Image jobs`; empty for the installation. */
function scopeWords({ kind, scope, target }: Omit<Terms, 'fireAt' | 'resolveAt'>): string {
  if (!findKind(kind)?.isAboutJobs) return ''
  return scope === 'ALL' ? 'every queue' : placeOf(`${scope.toLowerCase()}:${target}`)
}

/** When a rule fires and when it is over, in a line. */
export function ruleWords(rule: Terms): string {
  const kind = findKind(rule.kind)
  if (!kind) return 'Of another version of the program: it is not evaluated.'
  const scope = scopeWords(rule)
  const where = scope ? ` in ${scope}` : ''
  const within = kind.window ? ` within ${rule.windowMinutes ?? kind.window} min` : ''
  return `Fires at ${kind.format(rule.fireAt)}${where}${within}; over at ${kind.format(rule.resolveAt)}`
}

/** Whom a rule tells. */
export function channelWords(ids: readonly string[] | null, channels: readonly Channel[]): string {
  if (ids === null) return 'Tells every channel'
  const names = channels.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  return names.length > 0 ? `Tells ${names.join(', ')}` : 'Tells nobody'
}

export const channelKinds = {
  MAIL: { label: 'Mail', description: 'Mails all admins, or addresses of your choice.' },
  WEBHOOK: {
    label: 'Signed webhook',
    description: 'Posts JSON to a URL, signed as Standard Webhooks describes.',
  },
  SLACK: {
    label: 'Slack-compatible',
    description: 'Posts a text to an incoming webhook of Slack, Mattermost, Discord (/slack), …',
  },
} as const

/** Where a channel leads. */
export function placeWords({ kind, allAdmins, recipients, url, host }: Channel): string {
  if (kind === 'WEBHOOK') return url ?? ''
  if (kind === 'SLACK') return host ?? ''
  const others =
    recipients.length > 2 ? [countOf(recipients.length, 'address', 'addresses')] : recipients
  return [...(allAdmins ? ['All admins'] : []), ...others].join(', ')
}
