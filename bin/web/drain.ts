import type http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { withTimeLimit } from '@/lib/time/limit'

/**
 * How long the server still answers after it was asked to stop: what a page or a proxy decided to ask,
 * having just heard that the server is there, comes through.
 */
const LAME_DUCK_MS = 1_000

/** Longest a request may go on once the server was asked to stop. */
const DRAIN_LIMIT_MS = 10_000

/** The responses of `server` that are not finished, kept up to date. */
export function trackResponses(server: http.Server): Set<http.ServerResponse> {
  const open = new Set<http.ServerResponse>()
  server.on('request', (_request, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  return open
}

/** Says to whoever asks about its health that the server stops; false for every other request. */
export function refuseHealthCheck(
  request: http.IncomingMessage,
  response: http.ServerResponse,
): boolean {
  if (!request.url?.startsWith('/api/health/')) return false
  response.writeHead(503, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ status: 'stopping' }))
  return true
}

/**
 * After a moment accepts nothing new, lets requests end, and ends the streams, which never end by
 * themselves.
 */
export async function drain(server: http.Server, responses: Set<http.ServerResponse>) {
  await pause(LAME_DUCK_MS)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const response of responses) {
    const type = String(response.getHeader('content-type') ?? '')
    if (type.startsWith('text/event-stream')) response.destroy()
    // The browser would keep its connection, and with it the server, open for more requests.
    else response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  }
  await withTimeLimit(DRAIN_LIMIT_MS, () => closed).catch(() => undefined)
  server.closeAllConnections()
}
