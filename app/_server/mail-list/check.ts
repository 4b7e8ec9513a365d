import net from 'node:net'
import tls from 'node:tls'
import { config } from '@/lib/config/config'

const LIMIT_MS = 3_000

/**
 * Resolves when mail can be handed over now: the SMTP server greets, or mail is kept here anyway.
 * @throws {Error} with a sentence that says what is wrong, after 3 s at the latest
 */
export async function checkMail(): Promise<void> {
  const { smtpUrl } = config().mail
  if (!smtpUrl) return
  const { hostname, port, protocol } = new URL(smtpUrl)
  const secure = protocol === 'smtps:' || port === '465'
  const address = { host: hostname, port: Number(port) || (secure ? 465 : 587) }
  const socket = secure ? tls.connect({ ...address, servername: hostname }) : net.connect(address)
  try {
    await greeting(socket, hostname)
  } finally {
    socket.destroy()
  }
}

function greeting(socket: net.Socket, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${host} ${reason}.`))
    const timer = setTimeout(() => fail(`did not answer in ${LIMIT_MS / 1_000} s`), LIMIT_MS)
    socket.once('close', () => fail('closed the connection'))
    socket.once('error', () => fail('could not be reached'))
    socket.once('data', (line) => {
      if (line.toString('latin1').startsWith('220')) resolve()
      else fail('does not accept mail now')
    })
    socket.once('close', () => clearTimeout(timer))
  })
}
