import type { Authenticated } from '@/lib/access/viewer'
import { currentRights } from '@/lib/auth/credentials'
import { logger } from '@/lib/telemetry/logger'

/** How often it is checked that viewers may still look: access that ends must be gone in 5 s. */
const RECHECK_MS = 4_000

/** A stream of this process: whom it tells something, and what ends it. */
export type OpenStream = { viewer: Authenticated; end: () => void }

type Streams = {
  byUser: Map<string, Set<OpenStream>>
  timer?: NodeJS.Timeout | undefined
  /** A check runs; when another was asked for meanwhile, it follows. */
  checking: boolean
  again: boolean
}

declare global {
  // One per process: hot reload and separately bundled routes share it.
  var millraceStreams: Streams | undefined
}

function streams(): Streams {
  globalThis.millraceStreams ??= { byUser: new Map(), checking: false, again: false }
  return globalThis.millraceStreams
}

/** How many streams somebody has open in this process. */
export function countStreams(userId: string): number {
  return streams().byUser.get(userId)?.size ?? 0
}

/**
 * Ends a stream once its viewer's session, key or role is not what it was when it began.
 * @returns what is to be called when the stream has ended
 */
export function guardStream(stream: OpenStream): () => void {
  const { byUser } = streams()
  const { userId } = stream.viewer
  const own = byUser.get(userId) ?? new Set()
  byUser.set(userId, own.add(stream))
  streams().timer ??= setInterval(recheck, RECHECK_MS)
  return () => {
    own.delete(stream)
    if (own.size === 0) byUser.delete(userId)
    if (byUser.size > 0) return
    clearInterval(streams().timer)
    streams().timer = undefined
  }
}

/** Checks at once, because somebody's access may have ended. */
export function recheckStreamsOf(userId: string): void {
  if (streams().byUser.has(userId)) recheck()
}

/** One query for all streams of the process. */
async function recheck(): Promise<void> {
  const state = streams()
  state.again = state.checking
  if (state.checking) return
  state.checking = true
  try {
    await endStale([...state.byUser.values()].flatMap((own) => [...own]))
  } catch (error) {
    // While PostgreSQL is away no stream says anything either.
    logger('live').warn(
      { err: error },
      'It could not be checked who may still follow; trying again',
    )
  } finally {
    state.checking = false
  }
  if (state.again) recheck()
}

async function endStale(open: OpenStream[]): Promise<void> {
  const rights = await currentRights([...new Set(open.map(({ viewer }) => viewer.credentialId))])
  for (const { viewer, end } of open) {
    const now = rights.get(viewer.credentialId)
    const mayLook = now?.role === viewer.role && (now.scopes?.includes('jobs:read') ?? true)
    if (!mayLook) end()
  }
}
