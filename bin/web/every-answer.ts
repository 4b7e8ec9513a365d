import type http from 'node:http'
import { strictTransportSecurity } from '@/app/_server/http/security-headers'

const TELLING = new Set(['x-middleware-rewrite', 'x-nextjs-rewritten-path'])

/** The headers of every answer, whoever makes it: a page, the API, a file, or this server itself. */
export function headEveryAnswer(response: http.ServerResponse, appUrl: string): void {
  response.setHeader('x-content-type-options', 'nosniff')
  if (appUrl.startsWith('https://')) {
    response.setHeader('strict-transport-security', strictTransportSecurity)
  }
}

/** Keeps it to ourselves that the proxy answered with another page than the one asked for. */
export function hideRewrites(response: http.ServerResponse): void {
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) =>
    TELLING.has(name.toLowerCase()) ? response : set(name, value)
}
