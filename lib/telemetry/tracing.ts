export type SpanFields = Record<string, string | number | boolean>

export type SpanOptions = {
  kind?: 'producer' | 'consumer' | 'internal'
  fields?: SpanFields
  /**
   * The `traceparent` of the span that led to this one, from another process; null: this one begins
   * a trace. Default: the span around.
   */
  parent?: string | null
}

/** A span that is open. */
export type OpenSpan = {
  add(fields: SpanFields): void
  /** Says that it failed, and of what. */
  fail(error: { name: string; message: string }): void
}

/** What tracing can do; OpenTelemetry does it, and is loaded only when it is wanted. */
export type Tracing = {
  span<T>(name: string, options: SpanOptions, work: (span: OpenSpan) => Promise<T>): Promise<T>
  /** A span that is over. */
  past(name: string, options: SpanOptions & { start: number; end: number }): void
  traceparent(): string | undefined
  ids(): { trace_id: string; span_id: string } | undefined
  /** Sends what is left, within a time limit. */
  stop(): Promise<void>
}

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millraceTracing: Tracing | undefined
}

const closed: OpenSpan = { add: () => undefined, fail: () => undefined }

/** Runs `work` inside a span; without tracing, just runs it. What it throws fails the span. */
export function traced<T>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  return globalThis.millraceTracing?.span(name, options, work) ?? work(closed)
}

/** Notes a span that is over; `start` and `end` in milliseconds since 1970. */
export function tracePast(
  name: string,
  options: SpanOptions & { start: number; end: number },
): void {
  globalThis.millraceTracing?.past(name, options)
}

/** Names the present span to another process, as W3C Trace Context does; undefined without tracing. */
export function traceparent(): string | undefined {
  return globalThis.millraceTracing?.traceparent()
}

/** The present span as log lines name it. */
export function activeSpanIds(): { trace_id: string; span_id: string } | undefined {
  return globalThis.millraceTracing?.ids()
}

/** Sends the spans that are left; waits a short while at most. */
export async function stopTracing(): Promise<void> {
  await globalThis.millraceTracing?.stop()
}
