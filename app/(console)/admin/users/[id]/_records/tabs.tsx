import { Tabs } from '../../../../_components/list/tabs'

const tabs = [
  { show: 'jobs', label: 'Jobs' },
  { show: 'files', label: 'Files' },
  { show: 'schedules', label: 'Schedules' },
  { show: 'webhooks', label: 'Webhooks' },
  { show: 'keys', label: 'API keys' },
  { show: 'notifications', label: 'Notifications' },
  { show: 'audit-about', label: 'Audit about them' },
  { show: 'audit-by', label: 'Audit by them' },
] as const

export type Shown = (typeof tabs)[number]['show']

/** Which records an address asks for; jobs where it asks for none. */
export function parseShown(value: string | undefined): Shown {
  return tabs.find(({ show }) => show === value)?.show ?? 'jobs'
}

/** Views of somebody's records. */
export function RecordTabs({ id, current }: { id: string; current: Shown }) {
  return (
    <Tabs
      label="Records of this person"
      inPlace
      tabs={tabs.map(({ show, label }) => ({
        href: `/admin/users/${id}?show=${show}`,
        label,
        isCurrent: show === current,
      }))}
    />
  )
}
