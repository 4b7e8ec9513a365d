import pino, { type Logger } from 'pino'
import { config } from '@/lib/config/config'
import { redactFields, redactText } from '@/lib/text/redact'
import { logFields } from './context'
import { activeSpanIds } from './tracing'

let root: Logger | undefined
const parts = new Map<string, Logger>()

/**
 * Structured log lines on stderr, as JSON. Each says which request or attempt it belongs to, and none
 * says a secret: by the names of fields, by the form of values, and by the operator's own.
 * @param part which part of the program speaks, e.g. `relay`
 */
export function logger(part: string): Logger {
  root ??= createLogger(pino.destination(2))
  const known = parts.get(part) ?? root.child({ part })
  parts.set(part, known)
  return known
}

/** A logger that writes its lines there. */
export function createLogger(destination: { write(line: string): void }): Logger {
  return pino(
    {
      level: config().logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...logFields(), ...activeSpanIds() }),
      // What the line says itself wins over its surroundings.
      mixinMergeStrategy: (fields, around) => ({ ...around, ...fields }),
      formatters: { log: redactFields },
      // Errors are put in words already.
      serializers: { err: (words: unknown) => words },
    },
    { write: (line) => destination.write(redactText(line)) },
  )
}
