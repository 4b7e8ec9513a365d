import { Tabs } from '../../_components/list/tabs'

const tabs = ['result', 'input', 'attempts', 'logs', 'timeline'] as const
export type Tab = (typeof tabs)[number]

/** The tab an address asks for; the result where it asks for none. */
export function parseTab(value: string | string[] | undefined): Tab {
  return tabs.find((tab) => tab === value) ?? 'result'
}

type Props = { jobId: string; current: Tab; attempts: number }

/** Views of a job. */
export function JobTabs({ jobId, current, attempts }: Props) {
  return (
    <Tabs
      label="Views of this job"
      inPlace
      tabs={tabs.map((tab) => ({
        href: tab === 'result' ? `/jobs/${jobId}` : `/jobs/${jobId}?tab=${tab}`,
        label:
          tab.charAt(0).toUpperCase() +
          tab.slice(1) +
          (tab === 'attempts' && attempts > 1 ? ` (${attempts})` : ''),
        isCurrent: tab === current,
      }))}
    />
  )
}
