import { config } from '@/lib/config/config'

/** Which program this is, as traces name it. */
export type Service = { name: 'millrace-web' | 'millrace-worker'; version: string }

/**
 * Sends traces to `OTEL_EXPORTER_OTLP_ENDPOINT`. Without it nothing of OpenTelemetry is loaded.
 */
export async function startTracing(service: Service): Promise<void> {
  const { otlpEndpoint } = config()
  if (!otlpEndpoint || globalThis.millraceTracing) return
  const { createTracing } = await import('./open-telemetry')
  globalThis.millraceTracing = createTracing(otlpEndpoint, service)
}
