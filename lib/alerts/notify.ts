import { v7 as uuidv7 } from 'uuid'
import type { Alert, AlertChannel } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueEach, type RequestOutcome } from '@/lib/jobs/enqueue-each'
import type { JobRequest } from '@/lib/jobs/request'
import { subjectLine } from '@/lib/mail/fields'
import { TEST_TAG } from '@/lib/webhooks/tags'
import { ALERT_TAG } from './facts/own-jobs'
import { alertsUrl, firedMessage, type Message, resolvedMessage } from './message'

/** Most admins that one alert is mailed to. */
const MOST_ADMINS = 100
const MOST_CHANNELS = 100

/** Alerts pass everything else that waits. */
const MOST_URGENT = 1

const events = { FIRED: 'alert.fired', RESOLVED: 'alert.resolved', TEST: 'alert.test' } as const

type Target = Omit<AlertChannel, 'secret'>

/** A message, where it goes, and the alert it is about; null for a test. */
type Post = { message: Message; channels: readonly Target[]; alertId: string | null }

/**
 * Notifies the channels of each alert's rule: an open alert has fired, a closed one is over. An alert
 * that fired in silence is over in silence.
 */
export async function notify(tx: Database, changed: readonly Alert[]): Promise<void> {
  const alerts = changed.filter(({ toldAt }) => toldAt !== null)
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
    const chosen = new Set(rule.channels.map(({ channelId }) => channelId))
    const told = channels.filter(({ id }) => rule.allChannels || chosen.has(id))
    return [{ message, channels: told, alertId: alert.id }]
  })
  await send(tx, posts)
}

/**
 * Enqueues the jobs that bring messages to channels, and keeps a notice of each.
 * @returns how many jobs there are
 */
export async function send(tx: Database, posts: readonly Post[]): Promise<number> {
  const wantsAdmins = posts.some(({ channels }) => channels.some(({ allAdmins }) => allAdmins))
  const admins = wantsAdmins ? await adminAddresses(tx) : []
  const deliveries = posts.flatMap(({ message, channels, alertId }) =>
    channels.flatMap((channel) =>
      requestsTo(channel, message, admins).map(([receiver, request]) => ({
        notice: { alertId, kind: message.kind, channelName: channel.name, receiver },
        request,
      })),
    ),
  )
  if (deliveries.length === 0) return 0
  const requests = deliveries.map(({ request }) => request)
  const outcomes = await enqueueEach(tx, requests)
  const data = deliveries.map(({ notice }, index) => ({
    id: uuidv7(),
    ...notice,
    ...resultOf(outcomes[index]),
  }))
  await tx.alertNotice.createMany({ data })
  return data.filter(({ jobId }) => jobId !== null).length
}

/** The jobs that bring a message to a channel. They carry the channel's id, never its secrets. */
function requestsTo(
  channel: Target,
  message: Message,
  admins: readonly string[],
): [receiver: string, request: JobRequest][] {
  if (channel.kind === 'MAIL') {
    const receivers = new Set([...channel.recipients, ...(channel.allAdmins ? admins : [])])
    return [...receivers].map((to) => [to, mail(to, message)])
  }
  const payload = channel.kind === 'SLACK' ? { text: slackText(message) } : message.payload
  const input = { endpointId: channel.id, event: events[message.kind], payload }
  const tags = message.kind === 'TEST' ? [TEST_TAG] : []
  return [
    [channel.host ?? '', { definition: catalog.webhook, input, options: systemsOwn(...tags) }],
  ]
}

function mail(to: string, { title, body }: Message): JobRequest {
  const variables = { title, body, actionLabel: 'Open alerts', actionUrl: alertsUrl() }
  const input = { to, template: 'notice', subject: subjectLine(title), variables }
  return { definition: catalog.email, input, options: systemsOwn() }
}

/** Nobody is notified of the system's own jobs, and no list of suppressions holds them up. */
function systemsOwn(...tags: string[]) {
  return { ownerId: null, priority: MOST_URGENT, tags: [ALERT_TAG, ...tags] }
}

/** As Slack's incoming webhooks read it. */
function slackText({ title, body }: Message): string {
  return `*${escaped(title)}*\n${escaped(body)}\n<${alertsUrl()}|Open alerts>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
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
