import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'

/** Most of an answer that is read, in bytes. */
const MAX_ANSWER = 64 * 1024
/** Longest wait for one of several addresses before the next is tried. */
const connection = { autoSelectFamilyAttemptTimeout: 2_000 }

export type Message = { headers: Record<string, string>; body: string }

/** What a receiver answered. */
export type Answer = { status: number; retryAfter: string | undefined; body: Buffer }

/**
 * Posts a message over a connection of its own to one of the addresses, which must have been
 * checked: nothing is looked up here, no proxy is used and no redirect followed.
 */
export function post(
  url: URL,
  { headers, body }: Message,
  { addresses, signal }: { addresses: readonly string[]; signal: AbortSignal },
): Promise<Answer> {
  const { promise, resolve, reject } = withResolvers<Answer>()
  const { request } = url.protocol === 'https:' ? https : http
  const sent = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    // Not the process's agent: its connections and settings are shared with others.
    agent: false,
    lookup: dialOnly(addresses),
    ...connection,
    // NODE_TLS_REJECT_UNAUTHORIZED does not decide for webhooks.
    rejectUnauthorized: true,
    signal,
  })
  sent.on('error', reject)
  sent.on('response', (response) => read(response).then(resolve, reject))
  // Nobody asked for another protocol: the answer is its status, and no byte of the connection.
  sent.on('upgrade', ({ statusCode = 0 }, socket) => {
    socket.destroy()
    resolve({ status: statusCode, retryAfter: undefined, body: Buffer.alloc(0) })
  })
  sent.end(body)
  return promise
}

/** A look-up that knows the answer. Node.js asks it for names only; a literal is dialled as it is. */
function dialOnly(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, { all }, done) => {
    const [first] = known
    if (all || !first) done(null, known)
    else done(null, first.address, first.family)
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= MAX_ANSWER) break
  }
  response.destroy()
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    body: Buffer.concat(chunks).subarray(0, MAX_ANSWER),
  }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (reason: unknown) => void = () => undefined
  const promise = new Promise<T>((onValue, onReason) => {
    resolve = onValue
    reject = onReason
  })
  return { promise, resolve, reject }
}
