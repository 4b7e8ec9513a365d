import { format, stripVTControlCharacters } from 'node:util'
import { logger } from '@/lib/telemetry/logger'

/** Longest message: pages and requests may put anything into one. */
const MAX_TEXT = 8_192

const levels = { error: 'error', warn: 'warn', info: 'info', log: 'info' } as const

/** What Next.js prints becomes log lines like all others: structured, with the request, without secrets. */
export function logConsole(): void {
  for (const [method, level] of Object.entries(levels)) {
    Reflect.set(console, method, (...said: unknown[]) => {
      const error = said.find((part) => part instanceof Error)
      const words = said.filter((part) => part !== error)
      const text = stripVTControlCharacters(format(...words).slice(0, MAX_TEXT)).trim()
      if (error) logger('next')[level]({ err: error, ...digestOf(error) }, text || error.message)
      else if (text) logger('next')[level](text)
    })
  }
}

/** Under which a page that could not be shown says that the log has more. */
function digestOf(error: Error): { digest?: string } {
  return 'digest' in error && typeof error.digest === 'string' ? { digest: error.digest } : {}
}
