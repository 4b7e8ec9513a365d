import type { BulkActionName } from '@/lib/jobs/bulk/action'

/** The actions as verbs. */
export const verbs: Record<BulkActionName, string> = {
  retry: 'Retry',
  cancel: 'Cancel',
  promote: 'Run now',
  delete: 'Delete',
}

/** What each action does to the jobs that match; and why it would do nothing. */
export const consequences: Record<BulkActionName, { sentence: string; none: string }> = {
  retry: {
    sentence:
      'Each runs again with as many new attempts as its type allows. Work that is under way already, as another job, is left alone.',
    none: 'Of the jobs that match, none has failed or been canceled.',
  },
  cancel: {
    sentence:
      'Those that wait will not run; those that run are told to stop. They can be retried later.',
    none: 'All jobs that match have ended.',
  },
  promote: {
    sentence: 'Each is due now instead of at its time, or at its next attempt.',
    none: 'Of the jobs that match, none waits for a time.',
  },
  delete: {
    sentence:
      'They are removed for good, with their attempts, their logs and their mails in the outbox.',
    none: 'Of the jobs that match, none has ended.',
  },
}
