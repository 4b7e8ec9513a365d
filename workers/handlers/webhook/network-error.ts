import { JobError } from '@/lib/jobs/job-error'
import { LimitPassed } from '@/lib/time/limit'

const words: Record<string, { code: string; message: string }> = {
  ECONNREFUSED: { code: 'connection_refused', message: 'refused the connection' },
  ECONNRESET: { code: 'connection_lost', message: 'closed the connection before it answered' },
  EPIPE: { code: 'connection_lost', message: 'closed the connection before it answered' },
  ENOTFOUND: { code: 'name_not_found', message: 'is a name that does not exist' },
  ENODATA: { code: 'name_not_found', message: 'is a name without an address' },
  ETIMEOUT: { code: 'name_lookup_failed', message: 'could not be looked up in time' },
  ESERVFAIL: { code: 'name_lookup_failed', message: 'could not be looked up' },
  ETIMEDOUT: { code: 'unreachable', message: 'could not be reached in time' },
}

const certificate = /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/

/** What went wrong on the way to a receiver, in a sentence; a `JobError` stays what it is. */
export function networkError(
  error: unknown,
  { url, limitMs }: { url: string; limitMs: number },
): JobError {
  if (error instanceof JobError) return error
  const { host } = new URL(url)
  if (error instanceof LimitPassed) {
    const message = `${host} did not answer completely within ${limitMs / 1_000} s.`
    return new JobError('receiver_timeout', message)
  }
  const { code, message } = describe(codeOf(error))
  return new JobError(code, `${host} ${message}.`, { cause: error })
}

function describe(code: string) {
  const known = words[code]
  if (known) return known
  if (certificate.test(code)) {
    return { code: 'certificate_invalid', message: 'has a certificate that cannot be trusted' }
  }
  if (code.startsWith('HPE_')) {
    return { code: 'invalid_answer', message: 'answered something that is not HTTP' }
  }
  return { code: 'unreachable', message: `could not be reached${code ? ` (${code})` : ''}` }
}

/** Of an error for several addresses, the first's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
