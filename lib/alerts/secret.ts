import type { AlertChannel } from '@/lib/db/generated/client'
import { open, seal } from '@/lib/secrets/secret-box'

type Sealed = Pick<AlertChannel, 'id' | 'kind' | 'url' | 'secret' | 'host'>

/** A channel's secret as its record keeps it: a webhook's signing secret, or the URL of Slack's. */
export function sealChannelSecret(secret: string, channelId: string): string {
  return seal(secret, `alert channel ${channelId}`)
}

/**
 * Where a channel's webhooks go, and what signs them.
 * @throws {UnreadableSecret} when the installation's own secret has changed since
 */
export function openChannel({ id, kind, url, secret, host }: Sealed): {
  url: string
  /** The URL as people may see it. */
  shownUrl: string
  secrets: string[]
} {
  const opened = secret === null ? '' : open(secret, `alert channel ${id}`)
  if (kind === 'SLACK') return { url: opened, shownUrl: `https://${host}/…`, secrets: [] }
  return { url: url ?? '', shownUrl: url ?? '', secrets: [opened] }
}
