import '../child/leash.mjs'
import http from 'node:http'
import next from 'next'
import { config } from '@/lib/config/config'
import { ConfigError } from '@/lib/config/parse'
import { drain, trackResponses } from './drain'
import { hideRewrites } from './hide-rewrites'

/** The web server alone: what `npm run start:web` and the launcher run. `--dev` reloads changes. */
async function main(): Promise<void> {
  const { port, host } = config()
  const server = http.createServer()
  const app = next({
    dev: process.argv.includes('--dev'),
    hostname: host,
    port,
    httpServer: server,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  const responses = trackResponses(server)
  server.on('request', (request, response) => {
    hideRewrites(response)
    handle(request, response).catch(() => response.destroy())
  })
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await drain(server, responses)
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
  console.error(clear && error instanceof Error ? error.message : error)
  process.exit(1)
})
