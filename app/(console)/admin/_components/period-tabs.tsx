import { type Period, periods } from '@/app/_server/metrics/periods'
import { Tabs } from '../../_components/list/tabs'

const names: readonly Period[] = ['hour', 'day', 'week']

/** What a page looks back on. */
export function PeriodTabs({ path, period }: { path: string; period: Period }) {
  return (
    <Tabs
      label="Period"
      look="pills"
      inPlace
      tabs={names.map((name) => ({
        href: name === 'hour' ? path : `${path}?period=${name}`,
        label: periods[name].label,
        isCurrent: name === period,
      }))}
    />
  )
}
