import Link from 'next/link'
import classes from '../../users.module.css'

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

/** Views of somebody's records, as links: they work without scripts and in a new tab. */
export function RecordTabs({ id, current }: { id: string; current: Shown }) {
  return (
    <nav className={classes.tabs} aria-label="Records of this person">
      {tabs.map(({ show, label }) => (
        <Link
          key={show}
          href={`/admin/users/${id}?show=${show}`}
          scroll={false}
          prefetch={false}
          aria-current={show === current ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
