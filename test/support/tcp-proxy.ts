import net from 'node:net'
import { freePort } from '@/bin/launcher/ports'

/** What the network does to connections. */
type Weather =
  | { kind: 'fair' }
  /** Connections stay open and carry nothing; those of that time never carry anything again. */
  | { kind: 'silent' }
  /** Every piece arrives so much later. */
  | { kind: 'slow'; delayMs: number }
  /** Connections are reset, the new ones too. */
  | { kind: 'broken' }

type Connection = { ends: [net.Socket, net.Socket]; dead: boolean }

export type TcpProxy = {
  /** The same server by way of the proxy. */
  url: string
  weather(weather: Weather): void
  close(): void
}

/** A TCP proxy to the server of `url`, on a port of its own; fair until told otherwise. */
export async function startProxy(url: string): Promise<TcpProxy> {
  const { hostname, port: targetPort } = new URL(url)
  const connections = new Set<Connection>()
  let weather: Weather = { kind: 'fair' }

  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const upstream = net.connect({
      host: hostname,
      port: Number(targetPort),
      allowHalfOpen: true,
    })
    const connection: Connection = { ends: [client, upstream], dead: weather.kind === 'silent' }
    connections.add(connection)
    const end = () => {
      connections.delete(connection)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of connection.ends) {
      socket.on('error', () => undefined)
      socket.on('close', () => connection.dead || end())
    }
    carry(connection, client, upstream, () => weather)
    carry(connection, upstream, client, () => weather)
    if (weather.kind === 'broken') reset(connection)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  const proxied = new URL(url)
  proxied.hostname = '127.0.0.1'
  proxied.port = String(port)
  return {
    url: proxied.href,
    weather(next) {
      weather = next
      for (const connection of connections) {
        if (next.kind === 'silent') connection.dead = true
        if (next.kind === 'broken') reset(connection)
      }
    },
    close() {
      server.close()
      for (const { ends } of connections) for (const socket of ends) socket.destroy()
    },
  }
}

function carry(connection: Connection, from: net.Socket, to: net.Socket, now: () => Weather): void {
  const later = (work: () => void) => {
    const weather = now()
    const deliver = () => connection.dead || work()
    if (weather.kind === 'slow') setTimeout(deliver, weather.delayMs)
    else deliver()
  }
  from.on('data', (chunk) => later(() => to.write(chunk)))
  from.on('end', () => later(() => to.end()))
}

function reset({ ends }: Connection): void {
  for (const socket of ends) socket.resetAndDestroy()
}
