import { Refusal } from '../refusal'

const LIMIT_MS = 60_000
const PAUSE_MS = 100
const REQUEST_LIMIT_MS = 5_000

/**
 * Waits until the web server says that it and what it needs are ready, and the worker too.
 * @throws {Refusal} when they are not in time; `cancelled` ends the wait early, quietly
 */
export async function waitUntilReady(
  port: number,
  host: string,
  workerIsReady: () => boolean,
  cancelled: AbortSignal,
): Promise<void> {
  const end = Date.now() + LIMIT_MS
  let answer = 'nothing'
  while (!cancelled.aborted) {
    if (answer !== '200') answer = await ask(port, host)
    if (answer === '200' && workerIsReady()) return
    if (Date.now() > end) {
      throw new Refusal(
        answer === '200'
          ? 'The worker was not ready within 60 seconds.'
          : `The web server was not ready within 60 seconds: /api/health/ready answered ${answer}.`,
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
