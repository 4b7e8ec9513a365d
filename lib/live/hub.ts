import type { Job } from '@/lib/db/generated/client'
import { type Listening, listen } from '@/lib/db/listen'
import { prisma } from '@/lib/db/prisma'
import { CHANGES_CHANNEL } from '@/lib/jobs/announce'
import { logger } from '@/lib/log/logger'
import { NOTICE_PREFIX } from '@/lib/notifications/notice'

/** How long changes gather before they are read together, in milliseconds. */
const GATHER_MS = 100
/** Most jobs read at once; the rest follow. */
const CHUNK = 500

export type Subscriber = {
  /** Changed jobs, and the ids of those that are gone, as they are in the database now. */
  onChanges(jobs: Job[], gone: string[]): void
  /** Notifications of these people came, or were read. */
  onNotices?(userIds: ReadonlySet<string>): void
  /** Notifications were missed: what is shown may be out of date. */
  onGap(): void
}

type Hub = {
  subscribers: Set<Subscriber>
  changed: Set<string>
  /** People whose notifications changed. */
  told: Set<string>
  listening?: Listening
  gathering?: NodeJS.Timeout
}

declare global {
  // One per process: hot reload and separately bundled routes share it.
  var millraceLiveHub: Hub | undefined
}

function hub(): Hub {
  globalThis.millraceLiveHub ??= { subscribers: new Set(), changed: new Set(), told: new Set() }
  return globalThis.millraceLiveHub
}

/**
 * Hears of every change of a job while subscribed. The process listens to PostgreSQL only while
 * anybody does, and reads each changed job once for all.
 * @returns what ends the subscription
 */
export function subscribe(subscriber: Subscriber): () => void {
  const { subscribers } = hub()
  subscribers.add(subscriber)
  startListening()
  return () => {
    subscribers.delete(subscriber)
    if (subscribers.size === 0) stopListening()
  }
}

function startListening(): void {
  const open = hub()
  open.listening ??= listen(
    CHANGES_CHANNEL,
    (payload) => {
      if (payload.startsWith(NOTICE_PREFIX)) open.told.add(payload.slice(NOTICE_PREFIX.length))
      else for (const id of payload.split(',')) if (id) open.changed.add(id)
      open.gathering ??= setTimeout(readChanges, GATHER_MS)
    },
    () => {
      for (const { onGap } of open.subscribers) onGap()
    },
  )
}

function stopListening(): void {
  const open = hub()
  clearTimeout(open.gathering)
  open.gathering = undefined
  open.changed.clear()
  open.told.clear()
  open.listening?.stop()
  open.listening = undefined
}

async function readChanges(): Promise<void> {
  const open = hub()
  passOnNotices(open)
  const ids = [...open.changed].slice(0, CHUNK)
  for (const id of ids) open.changed.delete(id)
  try {
    const jobs = ids.length > 0 ? await prisma().job.findMany({ where: { id: { in: ids } } }) : []
    const found = new Set(jobs.map(({ id }) => id))
    const gone = ids.filter((id) => !found.has(id))
    if (ids.length > 0) for (const { onChanges } of open.subscribers) onChanges(jobs, gone)
  } catch (error) {
    logger('live').warn({ err: error }, 'Changes could not be read; open pages will read anew')
    for (const { onGap } of open.subscribers) onGap()
  } finally {
    open.gathering = open.changed.size > 0 ? setTimeout(readChanges, GATHER_MS) : undefined
  }
}

function passOnNotices(open: Hub): void {
  if (open.told.size === 0) return
  const told = open.told
  open.told = new Set()
  for (const { onNotices } of open.subscribers) onNotices?.(told)
}
