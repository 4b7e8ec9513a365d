import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import type { Holdings } from '@/lib/users/holdings'

/** All that goes with an account, in words. */
export function goesWithDeleting(holdings: Holdings): string[] {
  return some([
    `${countOf(holdings.jobs, 'job')} with inputs, results, attempts and logs`,
    countOf(holdings.batches, 'batch', 'batches'),
    ...both(holdings),
  ])
}

/** What of an account is personal, in words. */
export function goesWithAnonymizing(holdings: Holdings): string[] {
  return some([
    'Name, email address and ways to sign in',
    `Titles, inputs, results, errors, tags and logs of ${countOf(holdings.jobs, 'job')}`,
    ...both(holdings),
  ])
}

/** What figures are made of, in words. */
export function staysWithAnonymizing({ jobs, batches }: Holdings): string[] {
  return some([
    `${countOf(jobs, 'job')} with type, status, times and attempts`,
    `${countOf(batches, 'batch', 'batches')} with type and number of jobs`,
  ])
}

/** Leaves out what there is none of. */
function some(items: string[]): string[] {
  const there = items.filter((item) => !item.startsWith('0 '))
  return there.length > 0 ? there : ['No records: there are none']
}

function both(holdings: Holdings): string[] {
  const { files, bytes, mails, schedules, endpoints, keys, notifications, suppressions } = holdings
  return [
    `${countOf(files, 'file')}, ${formatBytes(bytes)}`,
    `${countOf(mails, 'mail')} in the outbox`,
    countOf(schedules, 'schedule'),
    `${countOf(endpoints, 'webhook endpoint')} with what was delivered`,
    countOf(keys, 'API key'),
    countOf(notifications, 'notification'),
    `${countOf(suppressions, 'suppressed address', 'suppressed addresses')}`,
  ]
}
