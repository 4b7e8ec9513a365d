import { type EndpointHealth, RECENT } from '@/app/_server/webhooks/endpoint-health'

/** How many of the latest requests got through: `3 of 5`, `97 of the last 100`. */
export function rateWords({ requests, delivered }: EndpointHealth): string | undefined {
  if (requests === 0) return undefined
  return `${delivered} of ${requests === RECENT ? `the last ${RECENT}` : requests}`
}
