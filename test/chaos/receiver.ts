import fs from 'node:fs'
import http from 'node:http'
import { freePort } from '@/bin/launcher/ports'
import type { Ledger } from './ledger'

/** What a receiver does with a webhook once it has noted it: how often the same one came before is `earlier`. */
export type Behaviour = (response: http.ServerResponse, earlier: number) => void

export type Receiver = {
  url: string
  behave(path: string, behaviour: Behaviour): void
  close(): void
}

/**
 * A real HTTP receiver of webhooks. It notes each arrival in the ledger before it answers; what it
 * answers on a path can be chosen, 200 otherwise.
 */
export async function startReceiver(ledger: Ledger): Promise<Receiver> {
  const behaviours = new Map<string, Behaviour>()
  const arrivals = new Map<string, number>()
  const server = http.createServer((request, response) => {
    const id = String(request.headers['webhook-id'])
    const earlier = arrivals.get(id) ?? 0
    arrivals.set(id, earlier + 1)
    fs.appendFileSync(ledger.effectsFile, `${id} 0\n`)
    request.resume()
    const behaviour = behaviours.get(request.url ?? '/')
    if (behaviour) behaviour(response, earlier)
    else response.end('ok')
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    behave: (path, behaviour) => behaviours.set(path, behaviour),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
