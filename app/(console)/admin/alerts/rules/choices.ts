import type { Channel } from '@/app/_server/alerts/channels'
import { definitions, queueNames } from '@/lib/jobs/catalog'

/** What a rule over jobs can watch. */
export const targetChoices = [
  { value: 'all', label: 'Every queue, each on its own' },
  ...queueNames.map((name) => ({ value: `queue:${name}`, label: `Queue ${name}` })),
  ...definitions.map(({ type, label }) => ({ value: `type:${type}`, label: `${label} jobs` })),
]

export function channelChoices(channels: readonly Channel[]) {
  return channels.map(({ id, name, enabled }) => ({
    value: id,
    label: enabled ? name : `${name} (off)`,
  }))
}
