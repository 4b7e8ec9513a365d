import { config } from '@/lib/config/config'
import type { Alert, AlertNoticeKind, AlertRule } from '@/lib/db/generated/client'
import { formatDuration } from '@/lib/format/duration'
import { findKind } from './kinds/kinds'
import { placeOf } from './subject'

/** A message about an alert, for every sort of channel. */
export type Message = {
  kind: AlertNoticeKind
  title: string
  /** Paragraphs, separated by blank lines. */
  body: string
  /** What a program gets. */
  payload: Record<string, unknown>
}

/** An alert's rule and subject in a line: `Failures in a row (queue email)`. */
export function headingOf({ ruleName, subject }: Pick<Alert, 'ruleName' | 'subject'>): string {
  const place = placeOf(subject)
  return place ? `${ruleName} (${place})` : ruleName
}

/** Where alerts are shown. */
export function alertsUrl(): string {
  return `${config().appUrl}/admin/alerts`
}

type Thresholds = Pick<AlertRule, 'fireAt' | 'resolveAt'>

/** Says that an alert fired. */
export function firedMessage(alert: Alert, rule: Thresholds): Message {
  const over = formatOf(alert, rule.resolveAt)
  return {
    kind: 'FIRED',
    title: `Alert: ${headingOf(alert)}`,
    body: `${alert.message}\n\nSince ${timeOf(alert.firedAt)}. You hear again when it is over, at ${over}${rule.resolveAt > 0 ? ' or less' : ''}.`,
    payload: payloadOf(alert, rule, 'firing'),
  }
}

/** Says that an alert is over. */
export function resolvedMessage(alert: Alert, rule: Thresholds): Message {
  const { resolvedValue, resolvedAt, firedAt, message } = alert
  const now = resolvedValue === null ? '' : ` Now: ${formatOf(alert, resolvedValue)}.`
  const lasted = formatDuration((resolvedAt ?? firedAt).getTime() - firedAt.getTime())
  return {
    kind: 'RESOLVED',
    title: `Resolved: ${headingOf(alert)}`,
    body: `${alert.resolution ?? 'It is over.'}${now} It lasted ${lasted}.\n\nIt had begun with: ${message}`,
    payload: payloadOf(alert, rule, 'resolved'),
  }
}

/** Says that a channel works. */
export function testMessage(channelName: string): Message {
  const message = `A test of the channel “${channelName}”: alerts reach you here.`
  return {
    kind: 'TEST',
    title: 'Test alert',
    body: `${message}\n\nNothing is wrong.`,
    payload: { status: 'test', message, url: alertsUrl() },
  }
}

function payloadOf(alert: Alert, { fireAt, resolveAt }: Thresholds, status: string) {
  const { id, ruleId, ruleName, kind, subject, value, resolvedValue, message } = alert
  return {
    alertId: id,
    status,
    rule: { id: ruleId, name: ruleName, kind },
    subject,
    value: status === 'firing' ? value : resolvedValue,
    unit: findKind(kind)?.unit ?? null,
    fireAt,
    resolveAt,
    message,
    firedAt: alert.firedAt.toISOString(),
    resolvedAt: alert.resolvedAt?.toISOString() ?? null,
    url: alertsUrl(),
  }
}

function formatOf({ kind }: Pick<Alert, 'kind'>, value: number): string {
  return findKind(kind)?.format(value) ?? String(value)
}

const time = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

function timeOf(at: Date): string {
  return `${time.format(at)} UTC`
}
