import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { logFields } from './context'

/** What Next.js calls the one route behind which the HTTP API finds its operations. */
const CATCH_ALL = '/api/v1/[...path]'

/** Names spans of the HTTP API for the call's own path, as Next.js names those of other routes. */
export function withRouteNames(processor: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => processor.onStart(span, context),
    onEnd: (span) => processor.onEnd(named(span, logFields().route)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  }
}

function named(span: ReadableSpan, route: string | undefined): ReadableSpan {
  if (!route) return span
  const own = route.replace('{id}', '[id]')
  const rename = <Value>(value: Value) =>
    typeof value === 'string' ? value.replace(CATCH_ALL, own) : value
  const attributes = Object.entries(span.attributes).map(([key, value]) => [key, rename(value)])
  return Object.create(span, {
    name: { value: rename(span.name) },
    attributes: { value: Object.fromEntries(attributes) },
  })
}
