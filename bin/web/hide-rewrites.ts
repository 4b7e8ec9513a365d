import type http from 'node:http'

const TELLING = new Set(['x-middleware-rewrite', 'x-nextjs-rewritten-path'])

/** Keeps it to ourselves that the proxy answered with another page than the one asked for. */
export function hideRewrites(response: http.ServerResponse): void {
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) =>
    TELLING.has(name.toLowerCase()) ? response : set(name, value)
}
