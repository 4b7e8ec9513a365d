import type http from 'node:http'
import { strictTransportSecurity } from '@/app/_http/security-headers'

/** The headers of every answer, whoever makes it: a page, the API, a file, or this server itself. */
export function headEveryAnswer(response: http.ServerResponse, appUrl: string): void {
  response.setHeader('x-content-type-options', 'nosniff')
  if (appUrl.startsWith('https://')) {
    response.setHeader('strict-transport-security', strictTransportSecurity)
  }
}
