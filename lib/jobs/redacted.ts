/**
 * Stands in place of a job's `inputHash` once what it was to do was removed with its owner's data:
 * only the shell is left, for figures.
 */
export const REDACTED = 'emptied'
