import { type Period, periods } from '@/app/_server/metrics/periods'

/** The length of a period in minutes. */
export function minutesOf(period: Period): number {
  const { span, points } = periods[period]
  return (span * points) / 60
}
