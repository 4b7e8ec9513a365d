import type { Span } from '@/lib/metrics/spans'

/** What an overview looks back on: so many spans of so many seconds, the last one unfinished. */
export const periods = {
  hour: { label: 'Last hour', per: 'minute', span: 60, points: 60 },
  day: { label: 'Last day', per: '15 minutes', span: 900, points: 96 },
  week: { label: 'Last week', per: 'hour', span: 3_600, points: 168 },
} as const satisfies Record<string, { label: string; per: string; span: Span; points: number }>

export type Period = keyof typeof periods

/** The period of this name; the last hour when there is none. */
export function periodOf(name: unknown): Period {
  return name === 'day' || name === 'week' ? name : 'hour'
}

/** The length of a period in minutes. */
export function minutesOf(period: Period): number {
  const { span, points } = periods[period]
  return (span * points) / 60
}

/** When the spans of a period begin, in milliseconds, oldest first. */
export function startsOf(period: Period, now: number): number[] {
  const { span, points } = periods[period]
  const length = span * 1_000
  const last = Math.floor(now / length) * length
  return Array.from({ length: points }, (_, index) => last - (points - 1 - index) * length)
}
