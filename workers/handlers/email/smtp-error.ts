import type { NodemailerError } from 'nodemailer/lib/errors'
import { JobError, permanentError } from '@/lib/jobs/job-error'

/** Replies that speak of the sign-in or of secure connections: the operator's to mend, not the mail's. */
const SETTINGS = new Set([530, 534, 535, 538])

/** Says in a sentence why a mail was not taken, and whether another attempt may succeed. */
export function smtpError(error: unknown, host: string): unknown {
  if (!(error instanceof Error)) return error
  const { code, responseCode, response, permanent }: NodemailerError = error
  if (responseCode === undefined) return withoutReply(error, code, host)
  const reply = oneLine(response ?? String(responseCode))
  if (code === 'EAUTH' || SETTINGS.has(responseCode)) {
    return new JobError('smtp_sign_in', `${host} refused the sign-in: ${reply}`, { cause: error })
  }
  return permanent
    ? permanentError(`smtp_${responseCode}`, `${host} refused the mail: ${reply}`, error)
    : new JobError(`smtp_${responseCode}`, `${host} put the mail off: ${reply}`, { cause: error })
}

function withoutReply(error: Error, code: string | undefined, host: string): JobError {
  switch (code) {
    case 'EENVELOPE':
      return permanentError('invalid_recipient', 'The address cannot be used in a mail.', error)
    case 'ETIMEDOUT':
      return new JobError('smtp_timeout', `${host} did not answer in time.`, { cause: error })
    case 'EDNS':
      return new JobError('smtp_unknown_host', `${host} was not found.`, { cause: error })
    default:
      return new JobError(
        'smtp_unreachable',
        `The connection to ${host} failed: ${oneLine(error.message)}`,
        { cause: error },
      )
  }
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 300)
}
