import type { Metadata } from 'next'
import { cache } from 'react'
import { requireViewer } from '@/app/_server/auth/session'
import { listFires } from '@/app/_server/schedules/history'
import { getSchedule } from '@/app/_server/schedules/schedules'
import { scheduleView } from '@/app/_server/schedules/view'
import { namesOf } from '@/lib/access/names'
import { findDefinition } from '@/lib/jobs/catalog'
import { TypeIcon } from '../../_components/job/type-icon'
import { RefreshOnChange } from '../../_components/live/refresh-on-change'
import { orNotFound } from '../../_components/or-not-found'
import { PageHeader } from '../../_components/ui/page-header'
import { Section } from '../../_components/ui/section'
import ui from '../../_components/ui/ui.module.css'
import { ownerOf } from '../owner'
import { PausedChip } from '../paused-chip'
import { Actions } from './actions-bar'
import { ScheduleFacts } from './facts'
import { History } from './history'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ before?: string | string[] }>
}

import { Pager } from '../../_components/list/pager'

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
      <PageHeader
        title={schedule.name}
        back={{ href: '/schedules', label: 'Schedules' }}
        status={!schedule.enabled && <PausedChip />}
        byline={
          <>
            <span>
              <TypeIcon type={schedule.type} />
              {findDefinition(schedule.type)?.label ?? schedule.type}
            </span>
            {owner && <span>{owner}</span>}
          </>
        }
      >
        <Actions schedule={schedule} />
      </PageHeader>
      <div className={ui.columns}>
        <Section id="runs" title="Runs">
          {fires.length > 0 ? (
            <History fires={fires} />
          ) : (
            <p className={ui.nothing}>
              {cursor ? 'No earlier runs.' : 'It has not run yet. Run it now to see that it works.'}
            </p>
          )}
          <Pager
            path={href}
            name="before"
            cursor={cursor}
            nextCursor={nextCursor}
            first="« Latest"
            next="Earlier ›"
          />
        </Section>
        <ScheduleFacts schedule={schedule} />
      </div>
    </>
  )
}

/** What is no moment counts as absent. */
function momentOf(text: string | string[] | undefined): Date | undefined {
  const moment = typeof text === 'string' ? new Date(text) : undefined
  return moment && !Number.isNaN(moment.getTime()) ? moment : undefined
}
