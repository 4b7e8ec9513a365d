import { hostname } from 'node:os'
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { describeThrown } from '@/lib/errors/thrown'
import { withTimeLimit } from '@/lib/time/limit'
import { logFields } from './context'
import { discreetExporter } from './exporter'
import { withRouteNames } from './route-names'
import { sampler } from './sampler'
import type { Service } from './start'
import type { OpenSpan, SpanFields, SpanOptions, Tracing } from './tracing'

/** Longest an export may take; meanwhile further spans gather, and beyond `MOST_WAITING` are dropped. */
const EXPORT_LIMIT_MS = 5_000
const EXPORT_EVERY_MS = 1_000
const MOST_WAITING = 8_192
const MOST_AT_ONCE = 1_024
/** Longest that the end of the program waits for the last export. */
const STOP_LIMIT_MS = 2_000

const kinds = {
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const

const propagator = new W3CTraceContextPropagator()
const carrier = {
  set: (target: Map<string, string>, key: string, value: string) => void target.set(key, value),
  get: (source: Map<string, string>, key: string) => source.get(key),
  keys: (source: Map<string, string>) => [...source.keys()],
}

/** Tracing with OpenTelemetry, sent over OTLP/HTTP. Next.js finds it too, and adds its own spans. */
export function createTracing(endpoint: string, { name, version }: Service): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_LIMIT_MS,
  })
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': name,
      'service.version': version,
      'service.instance.id': `${hostname()}:${process.pid}`,
      'host.name': hostname(),
      'process.pid': process.pid,
    }),
    sampler,
    spanProcessors: [
      withRouteNames(
        new BatchSpanProcessor(discreetExporter(exporter), {
          maxQueueSize: MOST_WAITING,
          maxExportBatchSize: MOST_AT_ONCE,
          scheduledDelayMillis: EXPORT_EVERY_MS,
          exportTimeoutMillis: EXPORT_LIMIT_MS,
        }),
      ),
    ],
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(propagator)
  trace.setGlobalTracerProvider(provider)
  const tracer = provider.getTracer('millrace', version)

  function start(
    spanName: string,
    { kind = 'internal', fields, parent }: SpanOptions,
    at?: number,
  ) {
    const around = parent === undefined ? context.active() : contextOf(parent)
    const options = {
      kind: kinds[kind],
      attributes: { ...known(), ...fields },
      ...(at === undefined ? {} : { startTime: new Date(at) }),
    }
    const span = tracer.startSpan(spanName, options, around)
    return { span, inside: trace.setSpan(around, span) }
  }

  return {
    async span(spanName, options, work) {
      const { span, inside } = start(spanName, options)
      try {
        return await context.with(inside, () => work(open(span)))
      } catch (error) {
        fail(span, describeThrown(error))
        throw error
      } finally {
        span.end()
      }
    },
    past(spanName, { start: from, end, ...options }) {
      start(spanName, options, from).span.end(new Date(end))
    },
    traceparent() {
      const headers = new Map<string, string>()
      propagator.inject(context.active(), headers, carrier)
      return headers.get('traceparent')
    },
    ids() {
      const present = trace.getSpanContext(context.active())
      return present && { trace_id: present.traceId, span_id: present.spanId }
    },
    async stop() {
      await withTimeLimit(STOP_LIMIT_MS, () => provider.shutdown()).catch(() => undefined)
    },
  }
}

/** What log lines say about the request, for spans. */
function known(): SpanFields {
  const { requestId, userId } = logFields()
  return {
    ...(requestId ? { 'millrace.request.id': requestId } : {}),
    ...(userId ? { 'user.id': userId } : {}),
  }
}

function contextOf(parent: string | null): Context {
  if (parent === null) return ROOT_CONTEXT
  return propagator.extract(ROOT_CONTEXT, new Map([['traceparent', parent]]), carrier)
}

function open(span: Span): OpenSpan {
  return { add: (fields) => void span.setAttributes(fields), fail: (error) => fail(span, error) }
}

function fail(span: Span, { name, message }: { name: string; message: string }): void {
  span.recordException({ name, message })
  span.setStatus({ code: SpanStatusCode.ERROR, message })
}
