import type http from 'node:http'

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

/** Accepts nothing new, lets requests end, and ends the streams, which never end by themselves. */
export async function drain(server: http.Server, responses: Set<http.ServerResponse>) {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const response of responses) {
    const type = String(response.getHeader('content-type') ?? '')
    if (type.startsWith('text/event-stream')) response.destroy()
    // The browser would keep its connection, and with it the server, open for more requests.
    else response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  }
  const limit = new Promise<void>((resolve) => setTimeout(resolve, DRAIN_LIMIT_MS).unref())
  await Promise.race([closed, limit])
  server.closeAllConnections()
}
