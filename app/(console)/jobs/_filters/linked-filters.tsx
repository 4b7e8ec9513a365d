import { IconEye, IconX } from '@tabler/icons-react'
import Link from 'next/link'
import { FOLDED_UP_TO } from '@/app/_server/jobs/asked-for'
import { errorOfGroup } from '@/app/_server/jobs/errors'
import { namesOf } from '@/lib/access/names'
import type { Viewer } from '@/lib/access/viewer'
import { formatUpTo } from '@/lib/format/count'
import { SYSTEM } from '@/lib/jobs/lists/filter'
import { Moment } from '../../_components/time/moment'
import ui from '../../_components/ui/ui.module.css'
import classes from '../jobs.module.css'
import { jobsHref } from '../jobs-href'
import { linkedNames, type Shown } from './query'

const words = {
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
  deliveries: 'Deliveries',
} as const

type Name = keyof typeof words

const times: readonly Name[] = ['from', 'to', 'endedFrom', 'endedTo']

type Props = {
  shown: Shown
  viewer: Viewer
  /** How many deliveries of events the list leaves out. */
  folded: number
}

/** What the list is filtered by without having a field for it; each can be taken away. */
export async function LinkedFilters({ shown, viewer, folded }: Props) {
  const present = linkedNames.flatMap((name) => {
    const value = shown[name]
    return value ? [{ name, value }] : []
  })
  const texts = await Promise.all(present.map(({ name, value }) => inWords(name, value, viewer)))
  const filters = present.map(({ name, value }, index) => (
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
        {times.includes(name) && !Number.isNaN(Date.parse(value)) ? (
          <Moment at={value} />
        ) : (
          texts[index]
        )}
      </span>
      <IconX size={14} aria-hidden />
    </Link>
  ))
  return (
    <>
      {filters}
      {folded > 0 && (
        <Link
          href={jobsHref({ ...shown, deliveries: 'shown' })}
          prefetch={false}
          className={classes.linked}
          title="Webhooks that events sent by themselves. Show them, too."
        >
          Deliveries hidden ({formatUpTo(folded, FOLDED_UP_TO)})
          <IconEye size={14} aria-hidden />
        </Link>
      )}
    </>
  )
}

async function inWords(name: Name, value: string, viewer: Viewer): Promise<string> {
  if (name === 'error') return (await errorOfGroup(viewer, value)) ?? 'none left'
  if (name !== 'owner') return name.endsWith('Id') ? `…${value.slice(-6)}` : value
  if (value === SYSTEM) return 'System'
  return (await namesOf(viewer, [value])).get(value) ?? 'unknown'
}
