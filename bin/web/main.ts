import '../child/leash.mjs'
import http from 'node:http'
import { inspect } from 'node:util'
import next from 'next'
import { config } from '@/lib/config/config'
import { ConfigError } from '@/lib/config/parse'
import { startTracing } from '@/lib/trace/start'
import { stopTracing } from '@/lib/trace/tracing'
import packageJson from '@/package.json' with { type: 'json' }
import { logConsole } from './console'
import { drain, refuseHealthCheck, trackResponses } from './drain'
import { hideRewrites } from './hide-rewrites'
import { logged } from './request-log'

/** The web server alone: what `npm run start:web` and the launcher run. `--dev` reloads changes. */
async function main(): Promise<void> {
  const { port, host } = config()
  const dev = process.argv.includes('--dev')
  if (!dev) logConsole()
  await startTracing({ name: 'millrace-web', version: packageJson.version })
  const server = http.createServer()
  const app = next({
    dev,
    hostname: host,
    port,
    httpServer: server,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  const responses = trackResponses(server)
  let stopping = false
  server.on('request', (request, response) => {
    if (stopping && refuseHealthCheck(request, response)) return
    hideRewrites(response)
    logged(request, response, () => {
      handle(request, response).catch(() => response.destroy())
    })
  })
  const stop = async () => {
    if (stopping) return
    stopping = true
    await drain(server, responses)
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
