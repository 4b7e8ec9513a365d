import type { JobView } from '@/lib/jobs/view'
import type { JobOptions } from './submission'

/** What the form's part on time, priority and tags holds, as typed. */
export type OptionValues = {
  /** `schedule`: again and again; when exactly is for the schedule's form to ask. */
  when: 'now' | 'later' | 'schedule'
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

/** What the button of a form does, as its word for now and its word for later. */
export function verbOf({ when }: OptionValues, now: string, later: string): string {
  if (when === 'schedule') return 'Choose the times'
  return when === 'now' ? now : later
}

/** When it runs, to end a sentence with. */
export function whenWords({ when }: OptionValues): string {
  if (when === 'schedule') return 'at the times you choose next'
  return when === 'now' ? 'at once' : 'at the chosen time'
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
