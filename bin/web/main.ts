import '../child/leash.mjs'
import http from 'node:http'
import { inspect } from 'node:util'
import v8 from 'node:v8'
import next from 'next'
import { authSecret, config, databaseUrl } from '@/lib/config/config'
import { ConfigError } from '@/lib/config/parse'
import { startTracing } from '@/lib/telemetry/start'
import { stopTracing } from '@/lib/telemetry/tracing'
import packageJson from '@/package.json' with { type: 'json' }
import { logConsole } from './console'
import { drain, refuseHealthCheck, trackResponses } from './drain'
import { headEveryAnswer, hideRewrites } from './every-answer'
import { believeForwarded } from './forwarded'
import { refuseSenseless } from './refuse'
import { logged } from './request-log'

/** A client says what it wants within these, or is cut off. */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
}

/** V8 would let what large requests leave behind pile up to a multiple of what is in use. */
v8.setFlagsFromString('--heap-growing-percent=30')

/** The web server alone: what `npm run start:web` and the launcher run. `--dev` reloads changes. */
async function main(): Promise<void> {
  const { port, host, appUrl, trustProxy } = config()
  const dev = process.argv.includes('--dev')
  // Nothing can be answered without these; nobody is to find that out page by page.
  databaseUrl()
  authSecret()
  if (!dev) logConsole()
  await startTracing({ name: 'millrace-web', version: packageJson.version })
  const server = http.createServer(LIMITS)
  const app = next({
    dev,
    hostname: host,
    port,
    httpServer: server,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  const answer: typeof handle = async (request, response) => {
    if (!(await refuseSenseless(request, response))) await handle(request, response)
  }
  const responses = trackResponses(server)
  let stopping = false
  server.on('request', (request, response) => {
    headEveryAnswer(response, appUrl)
    if (stopping && refuseHealthCheck(request, response)) return
    hideRewrites(response)
    believeForwarded(request.headers, request.socket.remoteAddress, trustProxy)
    logged(request, response, () => {
      answer(request, response).catch(() => response.destroy())
    })
  })
  const stop = async () => {
    if (stopping) return
    stopping = true
    // Whoever saved a file waits for what it changed.
    if (!dev) await drain(server, responses)
    await stopTracing()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, resolve)
  })
}

main().catch((error: unknown) => {
  const clear = error instanceof ConfigError || (error instanceof Error && 'syscall' in error)
  process.stderr.write(`${clear ? error.message : inspect(error)}\n`)
  process.exit(1)
})
