import { v7 as uuidv7 } from 'uuid'
import type { Alert, AlertChannel } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { enqueueEach, type RequestOutcome } from '@/lib/jobs/enqueue-each'
import { lettersTo } from './letters'
import { firedMessage, type Message, resolvedMessage } from './message'

/** Most admins that one alert is mailed to. */
const MOST_ADMINS = 100
const MOST_CHANNELS = 100

type Target = Omit<AlertChannel, 'secret'>

/** A message, where it goes, and the alert it is about; null for a test. */
export type Post = { message: Message; channels: readonly Target[]; alertId: string | null }

/** Tells the channels of their rules about alerts: that those fired which are open, that others are over. */
export async function tellOf(tx: Database, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length === 0) return
  const ruleIds = [...new Set(alerts.flatMap(({ ruleId }) => ruleId ?? []))]
  const rules = await tx.alertRule.findMany({
    where: { id: { in: ruleIds } },
    include: { channels: { select: { channelId: true } } },
  })
  const channels = await tx.alertChannel.findMany({
    where: { enabled: true },
    orderBy: { id: 'asc' },
    take: MOST_CHANNELS,
    omit: { secret: true },
  })
  const posts = alerts.flatMap((alert): Post[] => {
    const rule = rules.find(({ id }) => id === alert.ruleId)
    if (!rule) return []
    const message = alert.resolvedAt ? resolvedMessage(alert, rule) : firedMessage(alert, rule)
    const told = new Set(rule.channels.map(({ channelId }) => channelId))
    const chosen = channels.filter(({ id }) => rule.allChannels || told.has(id))
    return [{ message, channels: chosen, alertId: alert.id }]
  })
  await send(tx, posts)
}

/**
 * Enqueues the jobs that bring messages to channels, and writes down which.
 * @returns how many jobs there are
 */
export async function send(tx: Database, posts: readonly Post[]): Promise<number> {
  const wantsAdmins = posts.some(({ channels }) => channels.some(({ allAdmins }) => allAdmins))
  const admins = wantsAdmins ? await adminAddresses(tx) : []
  const letters = posts.flatMap(({ message, channels, alertId }) =>
    channels
      .flatMap((channel) => lettersTo(channel, message, admins))
      .map((letter) => ({ ...letter, kind: message.kind, alertId })),
  )
  if (letters.length === 0) return 0
  const outcomes = await enqueueEach(
    tx,
    letters.map(({ request }) => request),
  )
  const data = letters.map(({ request: _request, ...letter }, index) => ({
    id: uuidv7(),
    ...letter,
    ...resultOf(outcomes[index]),
  }))
  await tx.alertNotice.createMany({ data })
  return data.filter(({ jobId }) => jobId !== null).length
}

function resultOf(outcome: RequestOutcome | undefined) {
  if (outcome?.kind === 'created') return { jobId: outcome.job.id, problem: null }
  const issues = outcome?.kind === 'refused' ? outcome.issues : []
  return { jobId: null, problem: issues.map(({ message }) => message).join('. ') || 'Not sent.' }
}

async function adminAddresses(tx: Database): Promise<string[]> {
  const admins = await tx.user.findMany({
    where: { role: 'ADMIN', disabledAt: null },
    orderBy: { id: 'asc' },
    take: MOST_ADMINS,
    select: { email: true },
  })
  return admins.map(({ email }) => email)
}
