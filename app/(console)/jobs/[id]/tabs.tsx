import Link from 'next/link'
import classes from './job.module.css'

const tabs = ['result', 'input', 'attempts', 'logs', 'timeline'] as const
export type Tab = (typeof tabs)[number]

/** The tab an address asks for; the result where it asks for none. */
export function parseTab(value: string | string[] | undefined): Tab {
  return tabs.find((tab) => tab === value) ?? 'result'
}

/** Views of a job, as links: they work without scripts and in a new tab. */
export function Tabs({
  jobId,
  current,
  attempts,
}: {
  jobId: string
  current: Tab
  attempts: number
}) {
  return (
    <nav className={classes.tabs} aria-label="Views of this job">
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={tab === 'result' ? `/jobs/${jobId}` : `/jobs/${jobId}?tab=${tab}`}
          scroll={false}
          prefetch={false}
          aria-current={tab === current ? 'page' : undefined}
        >
          {tab.charAt(0).toUpperCase() + tab.slice(1)}
          {tab === 'attempts' && attempts > 1 && ` (${attempts})`}
        </Link>
      ))}
    </nav>
  )
}
