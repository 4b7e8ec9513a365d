// Tags that say why a webhook job was made, so that its deliveries can say it too.

/** Sent by an event, not by a person or the API: lists of jobs leave these out. */
export const EVENT_TAG = 'webhook-event'
export const TEST_TAG = 'webhook-test'
export const REPLAY_TAG = 'webhook-replay'

/** They say nothing of a copy of the job. */
export const reasonTags: readonly string[] = [EVENT_TAG, TEST_TAG, REPLAY_TAG]
