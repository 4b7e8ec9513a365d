import pg from 'pg'
import { logger } from '@/lib/log/logger'
import { connectionOptions } from './pool'

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5_000

export type Listening = { stop(): Promise<void> }

/**
 * Listens to a PostgreSQL channel on a connection of its own, and reconnects for as long as it is
 * wanted. Notifications are heard from each call of `onListening` on; those sent before are lost.
 */
export function listen(
  channel: string,
  onPayload: (payload: string) => void,
  onListening: () => void = () => undefined,
): Listening {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let wait = FIRST_WAIT_MS
  let stopped = false

  async function connect(): Promise<void> {
    const connecting = new pg.Client(connectionOptions())
    client = connecting
    connecting.on('notification', ({ payload }) => onPayload(payload ?? ''))
    connecting.on('error', () => undefined)
    connecting.on('end', reconnectLater)
    try {
      await connecting.connect()
      await connecting.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      wait = FIRST_WAIT_MS
      onListening()
    } catch (error) {
      logger('listen').warn({ err: error, channel }, 'Cannot listen to PostgreSQL; trying again')
      connecting.end().catch(() => undefined)
      reconnectLater()
    }
  }

  function reconnectLater(): void {
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      connect()
    }, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }

  connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
