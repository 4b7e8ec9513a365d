import net from 'node:net'

const CONNECT_MS = 1_000

/** A port of this machine's own that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = await listen(0, '127.0.0.1')
  const address = server.address()
  await close(server)
  if (address === null || typeof address === 'string') throw new Error('No port is free')
  return address.port
}

/** Why a port cannot be listened on (`code` EADDRINUSE, EACCES, EADDRNOTAVAIL, …), if it cannot. */
export async function probePort(port: number, host: string): Promise<unknown> {
  try {
    await close(await listen(port, host))
    return undefined
  } catch (error) {
    return error
  }
}

/** Whether somebody takes connections at a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', timeout: CONNECT_MS })
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function listen(port: number, host: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => resolve(server))
  })
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
