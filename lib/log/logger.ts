import pino, { type Logger } from 'pino'
import { config } from '@/lib/config/config'

let root: Logger | undefined

/**
 * Structured log lines on stderr, as JSON; values of fields that may hold secrets are redacted.
 * @param part which part of the program speaks, e.g. `relay`
 */
export function logger(part: string): Logger {
  root ??= pino(
    {
      level: config().logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['*.password', '*.secret', '*.token', '*.authorization', '*.cookie'],
    },
    pino.destination(2),
  )
  return root.child({ part })
}
