import { randomUUID } from 'node:crypto'
import type http from 'node:http'
import { logFields, withLogFields } from '@/lib/telemetry/context'
import { logger } from '@/lib/telemetry/logger'

/** A request that took longer is worth a line. */
const SLOW_MS = 3_000

/** Next.js listens for the end of a response up to nine times, which leaves too few of Node's ten. */
const MAX_LISTENERS = 20

/** What a proxy in front may call a request: anything else could forge log lines, or fill them. */
const sane = /^[\w.:-]{1,128}$/

/**
 * Gives a request its id, the one a proxy sent or a new one, which the answer and every log line on
 * the way say too; and logs it: as `debug`, and as `info` when it failed or was slow.
 */
export function logged(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  handle: () => void,
): void {
  const sent = request.headers['x-request-id']
  const requestId = typeof sent === 'string' && sane.test(sent) ? sent : randomUUID()
  response.setHeader('x-request-id', requestId)
  response.setMaxListeners(MAX_LISTENERS)
  withLogFields({ requestId }, () => {
    const fields = logFields()
    const started = performance.now()
    response.once('close', () => {
      withLogFields(fields, () => report(request, response, performance.now() - started))
    })
    handle()
  })
}

function report(
  { method, url = '' }: http.IncomingMessage,
  response: http.ServerResponse,
  ms: number,
): void {
  const stream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream')
  const notable = response.statusCode >= 500 || (ms > SLOW_MS && !stream)
  logger('http')[notable ? 'info' : 'debug'](
    // What follows the path may be a reset link's token.
    { method, path: url.split('?')[0], status: response.statusCode, durationMs: Math.round(ms) },
    response.writableFinished ? 'Answered' : 'Not answered to the end',
  )
}
