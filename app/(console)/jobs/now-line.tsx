import { IconDownload } from '@tabler/icons-react'
import Link from 'next/link'
import { accountOf } from '@/app/_server/auth/account'
import { countNow, type JobsNow, NOW_UP_TO } from '@/app/_server/jobs/count-now'
import type { Viewer } from '@/lib/access/viewer'
import { formatUpTo } from '@/lib/format/count'
import type { FilterWords } from '@/lib/jobs/lists/filter'
import { statusOf } from '@/lib/jobs/status'
import { startOfDay } from '@/lib/time/zone'
import { StatusIcon } from '../_components/job/status-icon'
import { hrefOf } from '../_components/list/href'
import { DownloadButton } from '../_components/ui/button'
import ui from '../_components/ui/ui.module.css'
import classes from './jobs.module.css'
import { jobsHref } from './jobs-href'

const shown = ['active', 'queued', 'retrying', 'failed'] as const

type Props = {
  viewer: Viewer
  /** What the list is filtered by; null when that cannot be read. */
  words: FilterWords | null
}

/** How things stand, whatever the list is filtered by; and the list as a file. */
export async function NowLine({ viewer, words }: Props) {
  const { timezone } = await accountOf(viewer)
  const today = new Date(startOfDay(timezone ?? 'UTC', Date.now()))
  const counts = await countNow(viewer, today)
  return (
    <div className={`${ui.line} ${ui.apart} ${classes.now}`}>
      <ul
        className={ui.line}
        aria-label={viewer.role === 'ADMIN' ? 'All jobs now' : 'Your jobs now'}
      >
        {shown.map((name) => (
          <li key={name}>
            <Counter name={name} counts={counts} today={today} />
          </li>
        ))}
      </ul>
      {words && (
        <DownloadButton
          href={hrefOf('/api/v1/jobs.csv', words)}
          kind="quiet"
          size="small"
          icon={<IconDownload size={15} aria-hidden />}
        >
          Export CSV
        </DownloadButton>
      )}
    </div>
  )
}

type CounterProps = { name: (typeof shown)[number]; counts: JobsNow; today: Date }

function Counter({ name, counts, today }: CounterProps) {
  const status = statusOf(name)
  const count = counts[name]
  const isFailed = name === 'failed'
  return (
    <Link
      href={jobsHref({ status: name, endedFrom: isFailed ? today.toISOString() : '' })}
      prefetch={false}
      className={`${ui.quietLink} ${count > 0 ? '' : ui.dim}`}
      data-status={count > 0 ? name : undefined}
    >
      {status && (
        <span className={count > 0 ? ui.tone : undefined}>
          <StatusIcon status={status} />
        </span>
      )}
      <span>
        {formatUpTo(count, NOW_UP_TO)} {name}
        {isFailed && ' today'}
      </span>
    </Link>
  )
}
