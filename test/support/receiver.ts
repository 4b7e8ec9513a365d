import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
  method: string
  path: string
  headers: Record<string, string>
  /** Exactly the bytes that came, as text. */
  body: string
}

/** How the receiver answers: as told (a body may repeat the headers it got), never, a byte at a time, with a closed connection, without end. */
type Behaviour =
  | {
      status: number
      headers?: Record<string, string>
      body?: string | Buffer | ((received: Received) => string)
    }
  | 'hang'
  | 'drip'
  | 'reset'
  | 'endless'

export type Receiver = {
  url: string
  port: number
  received: Received[]
  /** Connections, with or without a request. */
  connections: number
  /** Decides about the next requests. */
  behaviour: Behaviour
  close(): Promise<void>
}

const ok: Behaviour = { status: 200, body: 'ok' }

/** A real HTTP server that keeps what it receives and answers as it is told. */
export async function startReceiver({ host = '127.0.0.1', port = 0 } = {}): Promise<Receiver> {
  const timers = new Set<NodeJS.Timeout>()
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const received: Received = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: Buffer.concat(chunks).toString(),
    }
    receiver.received.push(received)
    const { behaviour } = receiver
    if (behaviour === 'hang') return
    if (behaviour === 'reset') return request.socket.resetAndDestroy()
    if (behaviour === 'endless') return flood(response)
    if (behaviour === 'drip') {
      response.writeHead(200)
      timers.add(setInterval(() => response.write('.'), 20))
      return
    }
    const { status, headers, body = '' } = behaviour
    response.writeHead(status, headers).end(typeof body === 'function' ? body(received) : body)
  })
  server.on('connection', () => {
    receiver.connections += 1
  })
  server.listen(port, host)
  await once(server, 'listening')
  const bound = (server.address() as AddressInfo).port
  const receiver: Receiver = {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/hooks`,
    port: bound,
    received: [],
    connections: 0,
    behaviour: ok,
    async close() {
      for (const timer of timers) clearInterval(timer)
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}

/** Writes for as long as somebody reads. */
function flood(response: http.ServerResponse): void {
  response.writeHead(200)
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16_384)));
  }
  response.on('drain', more)
  more()
}
