import type { Config } from '@/lib/config/parse'
import { Refusal } from '../refusal'
import type { Program } from './program'

const PAUSE_MS = 100
const REQUEST_LIMIT_MS = 5_000

/**
 * Waits until the web server says that it and what it needs are ready, and the worker too.
 * @param limitMs undefined: as long as it takes
 * @throws {Refusal} when they are not in time; `cancelled` ends the wait early, quietly
 */
export async function waitUntilReady(
  { port, host }: Pick<Config, 'port' | 'host'>,
  worker: Pick<Program, 'ready'>,
  cancelled: AbortSignal,
  limitMs?: number,
): Promise<void> {
  const end = limitMs === undefined ? undefined : Date.now() + limitMs
  let answer = 'nothing'
  while (!cancelled.aborted) {
    if (answer !== '200') answer = await ask(port, host)
    if (answer === '200' && worker.ready) return
    if (end !== undefined && Date.now() > end) {
      throw new Refusal(
        answer === '200'
          ? 'The worker was not ready in time.'
          : `The web server was not ready in time: /api/health/ready answered ${answer}.`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

async function ask(port: number, host: string): Promise<string> {
  const everywhere = host === '0.0.0.0' || host === '::'
  const address = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  try {
    const response = await fetch(`http://${address}:${port}/api/health/ready`, {
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    })
    await response.body?.cancel()
    return String(response.status)
  } catch {
    return 'nothing'
  }
}
