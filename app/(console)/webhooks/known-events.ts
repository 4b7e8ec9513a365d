import { jobEvents } from '@/lib/webhooks/job-events'

/** Events that Millrace itself sends, with what they mean. */
export const knownEvents = Object.entries(jobEvents).map(([type, meaning]) => ({ type, meaning }))
