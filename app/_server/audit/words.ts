/** What stands for somebody whose account is gone; the log keeps no names of its own. */
export const DELETED_USER = 'Deleted user'

/** What admins do, in words. An action that is not here is shown by its own name. */
const words: Readonly<Record<string, string>> = {
  'api-key.create': 'Created an API key',
  'api-key.revoke': 'Revoked an API key',
  'audit.export': 'Exported the audit log',
  'batch.cancel': 'Canceled a batch',
  'batch.retry-failed': 'Retried the failed jobs of a batch',
  'file.delete': 'Deleted a file',
  'invitation.revoke': 'Revoked an invitation',
  'job.cancel': 'Canceled a job',
  'job.delete': 'Deleted a job',
  'job.priority': 'Changed how urgent a job is',
  'job.promote': 'Made a job due now',
  'job.remove-entry': 'Removed a job’s entry from the queue',
  'job.reschedule': 'Changed when a job is due',
  'job.retry': 'Retried a job',
  'jobs.cancel-all': 'Canceled all jobs that match',
  'jobs.cancel-all.ask': 'Asked to cancel all jobs that match',
  'jobs.cancel-selected': 'Canceled chosen jobs',
  'jobs.cancel-undo': 'Took back a cancel',
  'jobs.delete-all': 'Deleted all jobs that match',
  'jobs.delete-all.ask': 'Asked to delete all jobs that match',
  'jobs.delete-selected': 'Deleted chosen jobs',
  'jobs.delete-undo': 'Took back a deletion',
  'jobs.promote-all': 'Made all jobs that match due now',
  'jobs.promote-all.ask': 'Asked to make all jobs that match due now',
  'jobs.retry-all': 'Retried all jobs that match',
  'jobs.retry-all.ask': 'Asked to retry all jobs that match',
  'jobs.retry-selected': 'Retried chosen jobs',
  'mail.show-link': 'Showed the link of a mail',
  'pause.create': 'Paused jobs',
  'pause.end': 'Resumed paused jobs',
  'queue.cancel-running': 'Canceled running jobs',
  'queue.clean': 'Cleaned a queue of ended entries',
  'queue.concurrency': 'Changed the concurrency of a queue',
  'queue.pause': 'Paused a queue',
  'queue.promote': 'Made delayed jobs due now',
  'queue.rate-limit': 'Changed the rate limit of a queue',
  'queue.remove': 'Canceled waiting jobs',
  'queue.resume': 'Resumed a queue',
  'queue.retry-failed': 'Retried failed jobs',
  'schedule.delete': 'Deleted a schedule',
  'schedule.run': 'Ran a schedule now',
  'schedule.update': 'Changed a schedule',
  'user.anonymize': 'Asked to anonymize a user',
  'user.anonymized': 'Anonymized a user',
  'user.create': 'Created a user',
  'user.delete': 'Asked to delete a user',
  'user.deleted': 'Deleted a user',
  'user.disable': 'Disabled a user',
  'user.enable': 'Enabled a user',
  'user.invite': 'Invited somebody',
  'user.password-reset': 'Sent a password reset',
  'user.role': 'Changed a role',
  'user.sign-out': 'Signed a user out everywhere',
  'webhook-endpoint.delete': 'Deleted a webhook endpoint',
  'webhook-endpoint.recover': 'Sent failed webhooks again',
  'webhook-endpoint.replay': 'Sent a webhook again',
  'webhook-endpoint.rotate-secret': 'Rotated a webhook secret',
  'webhook-endpoint.test': 'Sent a test webhook',
  'webhook-endpoint.update': 'Changed a webhook endpoint',
  'worker.drain': 'Drained a worker',
  'worker.undrain': 'Let a worker take jobs again',
}

/** An action in words: `user.disable` is “Disabled a user”, `alert-rule.update` “Alert rule: update”. */
export function actionWords(action: string): string {
  if (Object.hasOwn(words, action)) return words[action] ?? action
  const [subject = '', ...rest] = action.split('.')
  return rest.length > 0 ? `${plain(subject)}: ${rest.join(' ').replaceAll('-', ' ')}` : action
}

/** A kind of target in words: `webhook-endpoint` is “Webhook endpoint”. */
export function targetWords(type: string): string {
  return type === 'api-key' ? 'API key' : plain(type)
}

function plain(name: string): string {
  const text = name.replaceAll('-', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A value of an entry's details, in words. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return isTime(value) ? momentOf(value) : value
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).map(([name, part]) => `${spaced(name)} ${textOf(part)}`)
  return parts.join(', ') || 'none'
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
}

/** `2026-11-24T11:14:04.211Z` is read as `2026-11-24 11:14:04 UTC`. */
function momentOf(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`
}

/** `rateDurationMs` is read as `rate duration ms`. */
export function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
}
