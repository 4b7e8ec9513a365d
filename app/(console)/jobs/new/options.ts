import type { JobView } from '@/lib/jobs/view'
import type { JobOptions } from './submission'

/** What the form's part on time, priority and tags holds, as typed. */
export type OptionValues = {
  when: 'now' | 'later'
  /** As `<input type="datetime-local">` writes it, in the person's time zone. */
  at: string
  priority: string
  /** Separated by commas. */
  tags: string
}

export const noOptions: OptionValues = { when: 'now', at: '', priority: '', tags: '' }

/** The options of a job that is duplicated; it runs now. */
export function optionsOf(job: JobView): OptionValues {
  return { ...noOptions, tags: job.tags.join(', ') }
}

/** The options as the server takes them; a time that is no time is refused there. */
export function toJobOptions(values: OptionValues, originalId: string | undefined): JobOptions {
  const tags = values.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
  return {
    ...(values.when === 'later' ? { runAt: isoOf(values.at) } : {}),
    ...(values.priority ? { priority: Number(values.priority) } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(originalId ? { originalId } : {}),
  }
}

function isoOf(local: string): string {
  const time = new Date(local)
  return Number.isNaN(time.getTime()) ? '' : time.toISOString()
}
