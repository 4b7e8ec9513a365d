import { config } from '@/lib/config/config'
import { withTimeLimit } from '@/lib/time/limit'
import { targetProblem } from '@/lib/webhooks/target'
import type { Handler } from '@/workers/runtime/handler'
import { addressRefused, checkedAddresses } from './webhook/addresses'
import { judge } from './webhook/answer'
import { makeMessage, secretValues, shownHeaders } from './webhook/message'
import { networkError } from './webhook/network-error'
import { findReceiver } from './webhook/receiver'
import { recordDelivery } from './webhook/record'
import { type Answer, post } from './webhook/request'
import { type Resolve, resolveName } from './webhook/resolve'

type Options = {
  /** Addresses of a name. */
  resolve?: Resolve
  /** Longest one request may take from the look-up of its name to the end of its answer. */
  limitMs?: number
  /** CIDRs that may be reached though they are private; default: the operator's. */
  allowed?: readonly string[]
}

const LIMIT_MS = 30_000

/** Sends webhooks; tests give it names, limits and ranges of their own. */
export function createWebhookHandler(options: Options = {}): Handler<'webhook'> {
  const { resolve = resolveName, limitMs = LIMIT_MS } = options
  return async (job) => {
    const allowed = options.allowed ?? config().webhookAllowCidrs
    const receiver = await findReceiver(job)
    const message = makeMessage(job, receiver)
    const headers = shownHeaders(message.headers, job.input)
    const sent = { job, receiver, headers, secrets: secretValues(job) }
    const started = performance.now()
    const durationMs = () => Math.round(performance.now() - started)
    let answer: Answer | undefined
    try {
      const send = async (signal: AbortSignal) => {
        const url = new URL(receiver.url)
        if (targetProblem(receiver.url, allowed)) throw addressRefused(url)
        const addresses = await checkedAddresses(url, { resolve, allowed, signal })
        return post(url, message, { addresses, signal })
      }
      answer = await withTimeLimit(limitMs, send, job.signal)
      judge(answer)
    } catch (cause) {
      const stopped = job.signal.aborted
      const error = stopped ? undefined : networkError(cause, { url: receiver.url, limitMs })
      await recordDelivery({ ...sent, answer, durationMs: durationMs(), error, stopped })
      throw error ?? cause
    }
    const result = { status: answer.status, durationMs: durationMs() }
    await recordDelivery({ ...sent, answer, durationMs: result.durationMs })
    job.log(`${new URL(receiver.url).host} answered ${result.status} in ${result.durationMs} ms`)
    return result
  }
}

/**
 * Sends one event to a receiver as Standard Webhooks 1.0 describes, and keeps what came of it. Only
 * addresses that were checked are dialled, and redirects are not followed.
 */
export const webhook: Handler<'webhook'> = createWebhookHandler()
