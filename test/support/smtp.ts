import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

type ReceivedMail = {
  /** Addresses of the envelope. */
  from: string
  to: string[]
  parsed: ParsedMail
  raw: string
}

/** How the server behaves: a reply to the recipient or the data, or silence. */
type Refusal = { at: 'sign-in' | 'recipient' | 'data'; code: number; message: string }

export type MailServer = {
  /** For `SMTP_URL`. */
  url: string
  received: ReceivedMail[]
  /** Replies this way until set to undefined. */
  refusal: Refusal | undefined
  /** Takes connections and never says a word after the data. */
  silent: boolean
  close(): Promise<void>
}

/**
 * A real SMTP server on a free port, without TLS, that keeps what it receives.
 * @param password clients sign in with it; default: without
 */
export async function startMailServer(password?: string): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: password === undefined,
    allowInsecureAuth: true,
    disabledCommands: password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    logger: false,
    onAuth(auth, _session, done) {
      const refused = refusalAt('sign-in')
      if (refused || auth.password !== password) done(refused ?? new Error('Wrong password'))
      else done(null, { user: 'millrace' })
    },
    onRcptTo(_address, _session, done) {
      done(refusalAt('recipient'))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (state.silent) return
        const refused = refusalAt('data')
        if (refused) return done(refused)
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        state.received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          parsed: await simpleParser(raw),
          raw: raw.toString(),
        })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  const state: MailServer = {
    url: '',
    received: [],
    refusal: undefined,
    silent: false,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  function refusalAt(at: Refusal['at']): Error | null {
    const { refusal } = state
    if (refusal?.at !== at) return null
    return Object.assign(new Error(refusal.message), { responseCode: refusal.code })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const login = password === undefined ? '' : `millrace:${encodeURIComponent(password)}@`
  state.url = `smtp://${login}127.0.0.1:${port(server.server.address())}`
  return state
}

function port(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen')
  return address.port
}
