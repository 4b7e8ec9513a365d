import { setTimeout as pause } from 'node:timers/promises'
import { codeOf, Refusal, reason } from '../refusal'
import { probePort } from './ports'

/** A web server without its launcher is gone by then: it drains for 11 s at most. */
const DRAIN_MS = 20_000
const PAUSE_MS = 250

/**
 * Checks that the web server will be able to listen.
 * @param sayWaits set when an earlier web server may be about to end: then the port is waited for
 * @throws {Refusal} naming PORT or HOST
 */
export async function checkPort(
  port: number,
  host: string,
  sayWaits?: (line: string) => void,
): Promise<void> {
  const end = Date.now() + (sayWaits ? DRAIN_MS : 0)
  for (let attempt = 1; ; attempt++) {
    const error = await probePort(port, host)
    if (error === undefined) return
    if (codeOf(error) !== 'EADDRINUSE' || Date.now() >= end) throw refusal(port, host, error)
    if (attempt === 1) {
      sayWaits?.(
        `Waiting for PORT ${port}: the web server of the killed Millrace may still use it …`,
      )
    }
    await pause(PAUSE_MS)
  }
}

function refusal(port: number, host: string, error: unknown): Refusal {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') {
    return new Refusal(
      `PORT ${port} is in use: stop the program that uses it, or set PORT to another.`,
    )
  }
  if (code === 'EACCES') return new Refusal(`PORT ${port} needs more rights: set PORT to another.`)
  return new Refusal(`HOST ${host} cannot be listened on: ${reason(error)}`)
}
