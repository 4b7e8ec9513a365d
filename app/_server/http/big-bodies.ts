import { AppError } from '@/lib/errors/app-error'

/** Bodies up to this length need no room of their own. */
const SMALL = 1024 * 1024
/** Bytes of larger ones that one process takes at once: what it makes of them is several times as large. */
const ROOM = 32 * 1024 * 1024
const RETRY_SECONDS = 2

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millraceBigBodies: Map<string, number> | undefined
}

/**
 * Runs `work` on a request whose body may be large, while there is room for it: one large body of a
 * person at a time, and so many bytes of everybody's. Nothing is read before.
 * @param maxBytes counted for a request that does not say how long its body is
 * @throws {AppError} `rate_limited` while the person's own takes its time, `unavailable` while others' do
 */
export async function withRoom<T>(
  userId: string,
  { headers }: Request,
  maxBytes: number,
  work: () => Promise<T>,
): Promise<T> {
  const bytes = Math.min(maxBytes, Number(headers.get('content-length')) || maxBytes)
  if (bytes <= SMALL) return work()
  globalThis.millraceBigBodies ??= new Map()
  const taken = globalThis.millraceBigBodies
  const details = { retryAfterSeconds: RETRY_SECONDS }
  if (taken.has(userId)) {
    throw new AppError(
      'rate_limited',
      'Your last large request is still under way. Send the next after it.',
      details,
    )
  }
  const others = [...taken.values()].reduce((sum, each) => sum + each, 0)
  if (others + bytes > ROOM) {
    throw new AppError(
      'unavailable',
      'Other large requests are under way. Try again in a moment.',
      details,
    )
  }
  taken.set(userId, bytes)
  try {
    return await work()
  } finally {
    taken.delete(userId)
  }
}
