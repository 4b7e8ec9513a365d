import type { JobStatus } from '@/lib/db/generated/enums'

/** A status, or what a job has before it exists and after it was removed. */
type State = JobStatus | 'NONE'

/**
 * Every change of a job that there is: from which states each transition starts, and where it may lead.
 * Nothing else writes a job's status. `docs/architecture.md` shows it, and tests hold the statements to it.
 */
export const table = {
  enqueue: { NONE: ['SCHEDULED', 'QUEUED'] },
  due: { SCHEDULED: ['QUEUED'] },
  claim: { SCHEDULED: ['ACTIVE'], QUEUED: ['ACTIVE'], RETRYING: ['ACTIVE'] },
  finish: { ACTIVE: ['COMPLETED', 'FAILED', 'RETRYING', 'CANCELED'] },
  recover: { ACTIVE: ['FAILED', 'RETRYING', 'CANCELED'] },
  cancel: {
    SCHEDULED: ['CANCELED'],
    QUEUED: ['CANCELED'],
    RETRYING: ['CANCELED'],
    // Its attempt is told to stop, and no other follows.
    ACTIVE: ['ACTIVE'],
  },
  // A cancel that is undone leaves a job its time.
  retry: { FAILED: ['QUEUED'], CANCELED: ['QUEUED', 'SCHEDULED'] },
  // Now, or at another time.
  promote: { SCHEDULED: ['QUEUED', 'SCHEDULED'], RETRYING: ['RETRYING'] },
  prioritize: { SCHEDULED: ['SCHEDULED'], QUEUED: ['QUEUED'], RETRYING: ['RETRYING'] },
  // Out of its line for as long as a pause lasts, and back into it.
  hold: { SCHEDULED: ['SCHEDULED'], QUEUED: ['QUEUED'], RETRYING: ['RETRYING'] },
  release: { SCHEDULED: ['SCHEDULED'], QUEUED: ['QUEUED'], RETRYING: ['RETRYING'] },
  remove: { COMPLETED: ['NONE'], FAILED: ['NONE'], CANCELED: ['NONE'] },
  // A person's data goes at once, whatever becomes of the mail that holds it.
  erase: { SCHEDULED: ['NONE'], QUEUED: ['NONE'], ACTIVE: ['NONE'], RETRYING: ['NONE'] },
} as const satisfies Record<string, Partial<Record<State, readonly State[]>>>

export type Transition = keyof typeof table

/** Whether a transition starts from a status. */
export function startsFrom(transition: Transition, status: JobStatus): boolean {
  return status in table[transition]
}
