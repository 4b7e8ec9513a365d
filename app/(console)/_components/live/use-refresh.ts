import { useRouter } from 'next/navigation'
import { useCallback } from 'react'

const LIMIT_MS = 3_000
/** A server that is slow is asked again; one that is away makes the stream break, and then heal. */
const TRIES = 5
const PAUSE_MS = 1_000

/**
 * Renders the page anew, unless the server is away: a refresh that fails would leave the page for
 * the browser's own error page. The stream makes up for it once it is connected again.
 */
export function useRefresh(): () => Promise<void> {
  const router = useRouter()
  return useCallback(async () => {
    for (let tries = 1; tries <= TRIES; tries++) {
      if (await serverAnswers()) return router.refresh()
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }, [router])
}

function serverAnswers(): Promise<boolean> {
  const signal = AbortSignal.timeout(LIMIT_MS)
  return fetch('/api/health/live', { cache: 'no-store', signal }).then(
    ({ ok }) => ok,
    () => false,
  )
}
