import { STATUS_CODES } from 'node:http'
import { JobError, permanentError } from '@/lib/jobs/job-error'
import type { Answer } from './request'

/** A receiver may ask for no more than a day. */
const LONGEST_WAIT_MS = 24 * 3600_000

/**
 * Accepts an answer, or says what is wrong with it.
 * @throws {JobError} permanent unless another attempt may get another answer
 */
export function judge({ status, retryAfter }: Pick<Answer, 'status' | 'retryAfter'>): void {
  if (status >= 200 && status < 300) return
  const said = `The receiver answered ${status}${STATUS_CODES[status] ? ` ${STATUS_CODES[status]}` : ''}`
  const code = `http_${status}`
  if (status >= 500 || status === 408 || status === 429) {
    const retryAfterMs = retryAfter === undefined ? undefined : waitOf(retryAfter)
    throw new JobError(code, `${said}.`, retryAfterMs === undefined ? {} : { retryAfterMs })
  }
  if (status >= 300 && status < 400) {
    throw permanentError(code, `${said}. Redirects are not followed: use the final address.`)
  }
  if (status === 410) {
    throw permanentError(code, `${said}: it wants no more webhooks.`)
  }
  throw permanentError(code, `${said}, which another attempt would not change.`)
}

/** Milliseconds that a `Retry-After` of seconds or a date asks for; undefined when it says nothing. */
export function waitOf(retryAfter: string, now = Date.now()): number | undefined {
  const text = retryAfter.trim()
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : httpDate(text) - now
  if (Number.isNaN(wait)) return undefined
  return Math.min(LONGEST_WAIT_MS, Math.max(0, wait))
}

/** Only full dates of HTTP: `Date.parse` would make one of almost anything. */
function httpDate(text: string): number {
  const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)
  return isDate ? Date.parse(text) : Number.NaN
}
