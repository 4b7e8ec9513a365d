import type { Metadata } from 'next'
import Link from 'next/link'
import { cache } from 'react'
import { namesOf } from '@/lib/auth/names'
import { requireViewer } from '@/lib/auth/session'
import { findDefinition } from '@/lib/jobs/catalog'
import { listFires } from '@/lib/schedules/history'
import { getSchedule } from '@/lib/schedules/schedules'
import { scheduleView } from '@/lib/schedules/view'
import { TypeIcon } from '../../_components/job/type-icon'
import { RefreshOnChange } from '../../_components/live/refresh-on-change'
import { orNotFound } from '../../_components/or-not-found'
import { LinkButton } from '../../_components/ui/button'
import page from '../../_components/ui/page.module.css'
import { ownerOf } from '../owner'
import { PausedChip } from '../paused-chip'
import classes from '../schedules.module.css'
import { Actions } from './actions-bar'
import { Facts } from './facts'
import { History } from './history'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ before?: string | string[] }>
}

const PAGE_SIZE = 30

const scheduleOf = cache(async (id: string) => orNotFound(getSchedule(await requireViewer(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await scheduleOf((await params).id)).name }
}

export default async function SchedulePage({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const record = await scheduleOf((await params).id)
  const schedule = await scheduleView(record)
  const cursor = momentOf((await searchParams).before)
  const { data: fires, nextCursor } = await listFires(viewer, schedule.id, {
    limit: PAGE_SIZE,
    cursor,
  })
  const owner = ownerOf(schedule, viewer, await namesOf(viewer, [record.ownerId]))
  const href = `/schedules/${schedule.id}`
  return (
    <>
      <RefreshOnChange since={new Date().toISOString()} />
      <header className={page.header}>
        <div className={page.heading}>
          <Link href="/schedules" className={page.back}>
            ‹ Schedules
          </Link>
          <div className={classes.titleLine}>
            <h1 className={page.title}>{schedule.name}</h1>
            {!schedule.enabled && <PausedChip />}
          </div>
          <div className={classes.byline}>
            <span>
              <TypeIcon type={schedule.type} />
              {findDefinition(schedule.type)?.label ?? schedule.type}
            </span>
            {owner && <span>{owner}</span>}
          </div>
        </div>
        <div className={page.actions}>
          <Actions schedule={schedule} />
        </div>
      </header>
      <div className={classes.columns}>
        <section aria-labelledby="runs">
          <div className={page.sectionHead}>
            <h2 id="runs">Runs</h2>
          </div>
          {fires.length > 0 ? (
            <History fires={fires} />
          ) : (
            <p className={classes.nothing}>
              {cursor ? 'No earlier runs.' : 'It has not run yet. Run it now to see that it works.'}
            </p>
          )}
          {(cursor || nextCursor) && (
            <nav className={page.pager} aria-label="Pages">
              {cursor && (
                <LinkButton href={href} size="small">
                  « Latest
                </LinkButton>
              )}
              {nextCursor && (
                <LinkButton href={`${href}?before=${nextCursor}`} size="small">
                  Earlier ›
                </LinkButton>
              )}
            </nav>
          )}
        </section>
        <Facts schedule={schedule} />
      </div>
    </>
  )
}

/** What is no moment counts as absent. */
function momentOf(text: string | string[] | undefined): Date | undefined {
  const moment = typeof text === 'string' ? new Date(text) : undefined
  return moment && !Number.isNaN(moment.getTime()) ? moment : undefined
}
