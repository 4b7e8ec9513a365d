import { definitions, findDefinition, queueNames } from '@/lib/jobs/catalog'
import type { RuleTerms } from './terms'

/** The subject of alerts that are about no queue or job type in particular. */
export const INSTALLATION = 'installation'

/** A queue, or one job type of it, whose jobs are looked at. */
export type JobGroup = { subject: string; has: (job: { queue: string; type: string }) => boolean }

/** What a rule over jobs looks at: each group is measured, and has alerts, on its own. */
export function groupsOf({ scope, target }: Pick<RuleTerms, 'scope' | 'target'>): JobGroup[] {
  if (scope === 'TYPE') {
    return [{ subject: `type:${target}`, has: ({ type }) => type === target }]
  }
  const queues = scope === 'QUEUE' ? [target ?? ''] : queueNames
  return queues.map((name) => ({
    subject: `queue:${name}`,
    has: ({ queue }) => queue === name,
  }))
}

/** Whether a rule can be about this queue or job type. */
export function isTarget({ scope, target }: Pick<RuleTerms, 'scope' | 'target'>): boolean {
  if (scope === 'QUEUE') return queueNames.includes(target ?? '')
  if (scope === 'TYPE') return definitions.some(({ type }) => type === target)
  return target === null
}

/** A subject in words: `queue email`, `Image jobs`; empty for the installation. */
export function placeOf(subject: string): string {
  const [what, name = ''] = subject.split(':', 2)
  if (what === 'queue') return `queue ${name}`
  if (what === 'type') return `${findDefinition(name)?.label ?? name} jobs`
  return ''
}
