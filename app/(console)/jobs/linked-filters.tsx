import { IconX } from '@tabler/icons-react'
import Link from 'next/link'
import { errorOfGroup } from '@/app/_server/jobs/errors'
import { namesOf } from '@/lib/access/names'
import type { Viewer } from '@/lib/access/viewer'
import { SYSTEM } from '@/lib/jobs/lists/filter'
import { Moment } from '../_components/time/moment'
import ui from '../_components/ui/ui.module.css'
import classes from './jobs.module.css'
import { jobsHref } from './jobs-href'
import { linkedNames, type Shown } from './shown'

type Name = (typeof linkedNames)[number]

const words: Record<Name, string> = {
  tag: 'Tag',
  queue: 'Queue',
  batchId: 'Batch',
  scheduleId: 'Schedule',
  from: 'Created from',
  to: 'Created before',
  endedFrom: 'Ended from',
  endedTo: 'Ended before',
  error: 'Error',
  owner: 'Owner',
}

const times: readonly Name[] = ['from', 'to', 'endedFrom', 'endedTo']

/** What the list is filtered by without having a field for it; each can be taken away. */
export async function LinkedFilters({ shown, viewer }: { shown: Shown; viewer: Viewer }) {
  const present = linkedNames.filter((name) => shown[name])
  const values = await Promise.all(present.map((name) => inWords(name, shown[name], viewer)))
  return present.map((name, index) => (
    <Link
      key={name}
      href={jobsHref({ ...shown, [name]: '' })}
      prefetch={false}
      className={classes.linked}
      title="Remove this filter"
    >
      <span className={ui.unseen}>Remove the filter </span>
      <span className={ui.clip}>
        {words[name]}:{' '}
        {times.includes(name) && !Number.isNaN(Date.parse(shown[name])) ? (
          <Moment at={shown[name]} />
        ) : (
          values[index]
        )}
      </span>
      <IconX size={14} aria-hidden />
    </Link>
  ))
}

async function inWords(name: Name, value: string, viewer: Viewer): Promise<string> {
  if (name === 'error') return (await errorOfGroup(viewer, value)) ?? 'none left'
  if (name !== 'owner') return name.endsWith('Id') ? `…${value.slice(-6)}` : value
  if (value === SYSTEM) return 'System'
  return (await namesOf(viewer, [value])).get(value) ?? 'unknown'
}
