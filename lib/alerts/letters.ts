import type { AlertChannel } from '@/lib/db/generated/client'
import { catalog } from '@/lib/jobs/catalog'
import type { JobRequest } from '@/lib/jobs/request'
import { subjectLine } from '@/lib/mail/fields'
import { TEST_TAG } from '@/lib/webhooks/tags'
import { ALERT_TAG } from './facts/own-jobs'
import { alertsUrl, type Message } from './message'

/** One message to one receiver of a channel. */
export type Letter = { channelName: string; receiver: string; request: JobRequest }

type Target = Omit<AlertChannel, 'secret'>

/** Alerts pass everything else that waits. */
const MOST_URGENT = 1

const events = { FIRED: 'alert.fired', RESOLVED: 'alert.resolved', TEST: 'alert.test' } as const

/** The jobs that bring a message to a channel. They name the channel; its secrets stay in its record. */
export function lettersTo(channel: Target, message: Message, admins: readonly string[]): Letter[] {
  if (channel.kind === 'MAIL') {
    const receivers = new Set([...channel.recipients, ...(channel.allAdmins ? admins : [])])
    return [...receivers].map((to) => letter(channel, to, mail(to, message)))
  }
  const payload = channel.kind === 'SLACK' ? { text: slackText(message) } : message.payload
  const input = { endpointId: channel.id, event: events[message.kind], payload }
  const tags = message.kind === 'TEST' ? [TEST_TAG] : []
  const request = { definition: catalog.webhook, input, options: options(tags) }
  return [letter(channel, channel.host ?? '', request)]
}

function letter({ name }: Target, receiver: string, request: JobRequest): Letter {
  return { channelName: name, receiver, request }
}

function mail(to: string, { title, body }: Message): JobRequest {
  const variables = { title, body, actionLabel: 'Open alerts', actionUrl: alertsUrl() }
  const input = { to, template: 'notice', subject: subjectLine(title), variables }
  return { definition: catalog.email, input, options: options([]) }
}

/** The system's own jobs: nobody is notified of them, and no list of theirs suppresses them. */
function options(tags: string[]) {
  return { ownerId: null, priority: MOST_URGENT, tags: [ALERT_TAG, ...tags] }
}

/** As Slack's incoming webhooks read it. */
function slackText({ title, body }: Message): string {
  return `*${escaped(title)}*\n${escaped(body)}\n<${alertsUrl()}|Open alerts>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
