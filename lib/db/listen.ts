import pg from 'pg'
import { logger } from '@/lib/telemetry/logger'
import { connectionOptions } from './pool'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000
/** How often it is asked whether the connection still carries anything, in milliseconds. */
const PING_MS = 5_000
/** A connection on which no answer comes within this carries nothing any more, in milliseconds. */
const ANSWER_MS = 5_000

export type Listening = { stop(): Promise<void> }

type Listener = {
  channel: string
  onPayload(payload: string): void
  onListening(): void
  /** The connection on which it hears. */
  hearsOn?: pg.Client | undefined
}

type Shared = { add(listener: Listener): Promise<void>; remove(listener: Listener): Promise<void> }

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millraceListening: Shared | undefined
}

/**
 * Listens to a PostgreSQL channel for as long as it is wanted, on the one connection that the process
 * has for this. Notifications are heard from each call of `onListening` on. Those sent before are lost:
 * each further call means a gap, no longer than it takes to notice that a connection is dead.
 */
export function listen(
  channel: string,
  onPayload: (payload: string) => void,
  onListening: () => void = () => undefined,
): Listening {
  globalThis.millraceListening ??= createShared()
  const shared = globalThis.millraceListening
  const listener: Listener = { channel, onPayload, onListening }
  shared.add(listener)
  return { stop: () => shared.remove(listener) }
}

function createShared(): Shared {
  const listeners = new Set<Listener>()
  let client: pg.Client | undefined
  let connected = false
  let timer: NodeJS.Timeout | undefined
  let wait = FIRST_WAIT_MS
  let asking: Promise<unknown> = Promise.resolve()

  async function connect(): Promise<void> {
    const connecting = new pg.Client({
      ...connectionOptions(),
      application_name: 'millrace-listen',
      query_timeout: ANSWER_MS,
    })
    client = connecting
    connected = false
    asking = Promise.resolve()
    connecting.on('notification', ({ channel, payload = '' }) => {
      for (const listener of listeners)
        if (listener.channel === channel) listener.onPayload(payload)
    })
    connecting.on('error', () => undefined)
    const ping = setInterval(() => {
      if (connected)
        ask(connecting, 'SELECT 1').catch((error: unknown) => giveUp(connecting, error))
    }, PING_MS)
    connecting.on('end', () => {
      clearInterval(ping)
      reconnectLater(connecting)
    })
    try {
      await connecting.connect()
      if (client !== connecting) return
      connected = true
      await hear(connecting)
      wait = FIRST_WAIT_MS
    } catch (error) {
      clearInterval(ping)
      giveUp(connecting, error)
    }
  }

  /** One question at a time, as a connection wants them. */
  function ask(on: pg.Client, statement: string): Promise<unknown> {
    const answer = asking.then(() => on.query(statement))
    asking = answer.catch(() => undefined)
    return answer
  }

  /** Lets those hear who do not yet. */
  async function hear(on: pg.Client): Promise<void> {
    const deaf = [...listeners].filter(({ hearsOn }) => hearsOn !== on)
    if (deaf.length === 0) return
    for (const listener of deaf) listener.hearsOn = on
    const channels = new Set(deaf.map(({ channel }) => pg.escapeIdentifier(channel)))
    await ask(on, [...channels].map((channel) => `LISTEN ${channel}`).join(';'))
    for (const listener of deaf) if (listeners.has(listener)) listener.onListening()
  }

  function giveUp(broken: pg.Client, error: unknown): void {
    if (client !== broken) return
    logger('listen').warn({ err: error }, 'Cannot listen to PostgreSQL; trying again')
    broken.end().catch(() => undefined)
    reconnectLater(broken)
  }

  function reconnectLater(broken: pg.Client): void {
    if (client !== broken || timer || listeners.size === 0) return
    timer = setTimeout(() => {
      timer = undefined
      connect()
    }, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }

  return {
    async add(listener) {
      listeners.add(listener)
      if (!client) return connect()
      if (connected) await hear(client).catch(() => undefined)
    },

    async remove(listener) {
      listeners.delete(listener)
      if (listeners.size > 0) return
      clearTimeout(timer)
      timer = undefined
      const closing = client
      client = undefined
      await closing?.end().catch(() => undefined)
    },
  }
}
