import { countNow, NOW_UP_TO } from '@/app/_server/jobs/count-now'
import { listViews } from '@/app/_server/jobs/saved-views'
import type { Viewer } from '@/lib/access/viewer'
import { formatUpTo } from '@/lib/format/count'
import type { FilterWords } from '@/lib/jobs/lists/filter'
import { startOfDay } from '@/lib/time/zone'
import { Tabs } from '../../_components/list/tabs'
import classes from '../jobs.module.css'
import { jobsHref } from '../jobs-href'
import { ListMenu } from './list-menu'
import { type Shown, shownOf } from './query'
import { SaveView } from './save-view'

type Props = {
  viewer: Viewer
  shown: Shown
  /** The name that the address gives to what it shows, such as a link that somebody shared. */
  named: string
  timezone: string
  /** What the list is filtered by, as the API takes it; absent when that cannot be read. */
  words: FilterWords | undefined
}

/** Views of the list as tabs: how many jobs are in each status now, and filters that were saved. */
export async function Views({ viewer, shown, named, timezone, words }: Props) {
  const today = new Date(startOfDay(timezone, Date.now()))
  const [counts, saved] = await Promise.all([countNow(viewer, today), listViews(viewer)])
  const count = (name: keyof typeof counts) => formatUpTo(counts[name], NOW_UP_TO)
  const canonical = (query: Record<string, string>) => jobsHref(shownOf(query, viewer))
  const here = jobsHref(shown)
  const query = here.split('?')[1] ?? ''
  const standing: { label: string; query: Record<string, string> }[] = [
    { label: 'All', query: {} },
    { label: `${count('active')} active`, query: { status: 'active' } },
    { label: `${count('queued')} queued`, query: { status: 'queued' } },
    { label: `${count('retrying')} retrying`, query: { status: 'retrying' } },
    {
      label: `${count('failed')} failed today`,
      query: { status: 'failed', endedFrom: today.toISOString() },
    },
  ]
  const own = saved.map((view) => ({
    label: view.name,
    query: Object.fromEntries(new URLSearchParams(view.query)),
    name: view.name,
  }))
  const isKnown = [...standing, ...own].some((view) => canonical(view.query) === here)
  const shared = named && !isKnown ? [{ label: named, query: shown, name: named }] : []
  const tabs = [...standing, ...own, ...shared].map((view) => ({
    label: view.label,
    href: jobsHref({ ...view.query, ...('name' in view ? { view: view.name } : {}) }),
    isCurrent: canonical(view.query) === here,
  }))
  const current = own.find((view) => canonical(view.query) === here)?.name
  return (
    <div className={classes.views}>
      <Tabs label={viewer.role === 'ADMIN' ? 'All jobs now' : 'Your jobs now'} tabs={tabs} />
      {!isKnown && query && <SaveView query={query} name={named} />}
      {words && <ListMenu shown={shown} query={query} words={words} view={current} />}
    </div>
  )
}
