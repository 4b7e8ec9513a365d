import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { redactText } from '@/lib/text/redact'
import { logger } from './logger'

/** Traces are no reason to fill the log. */
const COMPLAIN_EVERY_MS = 60_000

/** Attributes that hold an address: what follows the path may be a reset link's token. */
const addresses = new Set(['http.target', 'http.url', 'url.full', 'url.query'])

/** Sends spans on without the secrets in them; says once a minute that it cannot. */
export function discreetExporter(exporter: SpanExporter): SpanExporter {
  let complainedAt = Number.NEGATIVE_INFINITY

  function complain({ code, error }: ExportResult): void {
    if (code === ExportResultCode.SUCCESS) return
    if (performance.now() - complainedAt < COMPLAIN_EVERY_MS) return
    complainedAt = performance.now()
    logger('trace').warn({ err: error }, 'Spans could not be exported; they are dropped')
  }

  return {
    export(spans, done) {
      exporter.export(spans.map(withoutSecrets), (result) => {
        complain(result)
        done(result)
      })
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}

/** The same span to a reader, in other words. */
function withoutSecrets(span: ReadableSpan): ReadableSpan {
  const { message } = span.status
  return Object.create(span, {
    name: { value: redactText(span.name) },
    attributes: { value: discreet(span.attributes) },
    status: { value: message ? { ...span.status, message: redactText(message) } : span.status },
    events: {
      value: span.events.map((event) => ({
        ...event,
        attributes: discreet(event.attributes ?? {}),
      })),
    },
  })
}

type Attributes = ReadableSpan['attributes']

function discreet(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, discreetValue(name, value)]),
  )
}

function discreetValue(name: string, value: Attributes[string]): Attributes[string] {
  if (typeof value !== 'string') return value
  return redactText(addresses.has(name) ? (value.split('?')[0] ?? '') : value)
}
