import { CHANGES_CHANNEL } from '@/lib/db/announce'
import { listen } from '@/lib/db/listen'
import { prisma } from '@/lib/db/prisma'
import { payload } from '@/lib/jobs/lists/listed'
import { NOTICE_PREFIX } from '@/lib/notifications/notice'
import { logger } from '@/lib/telemetry/logger'
import { type Hub, hub, type Subscriber } from './hub-state'
import { recheckStreamsOf } from './open-streams'
import { beginHearing, changedFrom, endHearing, remember } from './recent'

/** Marks the id of somebody whose sessions, keys or role changed: a trigger says so. */
const ACCESS_PREFIX = 'access:'

/** How long changes gather before they are read together, in milliseconds. */
const GATHER_MS = 100
/** Most jobs read at once; the rest follow. */
const CHUNK = 500

/** How long the process listens on when nobody does, in milliseconds. */
const LINGER_MS = 60_000

/**
 * Marks the moment before a page reads anything, and sees to it that changes are heard soon: its
 * stream tells what changed since, or that there is a gap when changes were not heard yet.
 * @returns the mark for `subscribe`
 */
export function markPage(): string {
  startListening()
  linger()
  return `${hub().id}.${Date.now()}`
}

/**
 * Hears of every change of a job while subscribed. The process listens to PostgreSQL only while
 * anybody does, and for a moment longer, and reads each changed job once for all.
 * @param mark what `markPage` gave the page before it read: it hears of all that changed since, or
 * of a gap when that is not known
 * @returns what ends the subscription
 */
export function subscribe(subscriber: Subscriber, mark?: string): () => void {
  const open = hub()
  const isListening = open.recent.since !== undefined
  open.subscribers.add(subscriber)
  clearTimeout(open.lingering)
  startListening()
  if (mark !== undefined && isListening) catchUp(subscriber, mark)
  return () => {
    open.subscribers.delete(subscriber)
    if (open.subscribers.size === 0) linger()
  }
}

function startListening(): void {
  const open = hub()
  open.listening ??= listen(
    CHANGES_CHANNEL,
    (payload) => {
      if (payload.startsWith(ACCESS_PREFIX)) {
        return recheckStreamsOf(payload.slice(ACCESS_PREFIX.length))
      }
      const isNotice = payload.startsWith(NOTICE_PREFIX)
      const ids = isNotice ? [] : payload.split(',').filter(Boolean)
      for (const id of ids) remember(open.recent, id)
      if (open.subscribers.size === 0) return
      if (isNotice) open.told.add(payload.slice(NOTICE_PREFIX.length))
      for (const id of ids) open.changed.add(id)
      open.gathering ??= setTimeout(readChanges, GATHER_MS)
    },
    () => {
      beginHearing(open.recent)
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
  endHearing(open.recent)
  open.listening?.stop()
  open.listening = undefined
}

/** Listens on for a while although nobody does: pages come one after another. */
function linger(): void {
  const open = hub()
  clearTimeout(open.lingering)
  if (open.subscribers.size > 0) return
  open.lingering = setTimeout(stopListening, LINGER_MS)
  open.lingering.unref()
}

/** Tells a subscriber what changed between its page and now. */
function catchUp(subscriber: Subscriber, mark: string): void {
  const open = hub()
  const [id, time] = mark.split('.')
  const missed = id === open.id ? changedFrom(open.recent, Number(time)) : undefined
  if (missed && missed.length <= CHUNK) tell([subscriber], missed)
  else subscriber.onGap()
}

async function readChanges(): Promise<void> {
  const open = hub()
  passOnNotices(open)
  const ids = [...open.changed].slice(0, CHUNK)
  for (const id of ids) open.changed.delete(id)
  await tell([...open.subscribers], ids)
  open.gathering = open.changed.size > 0 ? setTimeout(readChanges, GATHER_MS) : undefined
}

/** Reads jobs once for all of these, as they are now. */
async function tell(subscribers: readonly Subscriber[], ids: string[]): Promise<void> {
  if (ids.length === 0) return
  try {
    const jobs = await prisma().job.findMany({ where: { id: { in: ids } }, omit: payload })
    const found = new Set(jobs.map(({ id }) => id))
    const gone = ids.filter((id) => !found.has(id))
    for (const { onChanges } of subscribers) onChanges(jobs, gone)
  } catch (error) {
    logger('live').warn({ err: error }, 'Changes could not be read; open pages will read anew')
    for (const { onGap } of subscribers) onGap()
  }
}

function passOnNotices(open: Hub): void {
  if (open.told.size === 0) return
  const told = open.told
  open.told = new Set()
  for (const { onNotices } of open.subscribers) onNotices?.(told)
}
