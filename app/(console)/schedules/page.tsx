import { IconCalendarRepeat, IconPlus } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { listSchedules } from '@/app/_server/schedules/schedules'
import { scheduleViews } from '@/app/_server/schedules/view'
import { namesOf } from '@/lib/access/names'
import { cursorOf, type SearchParams } from '../_components/list/href'
import { List } from '../_components/list/list'
import { Pager } from '../_components/list/pager'
import { RefreshOnChange } from '../_components/live/refresh-on-change'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import { ownerOf } from './owner'
import { ScheduleRow } from './schedule-row'
export const metadata: Metadata = { title: 'Schedules' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<SearchParams> }

export default async function SchedulesPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const cursor = cursorOf(await searchParams)
  const { data, nextCursor } = await listSchedules(viewer, { limit: PAGE_SIZE, cursor })
  const schedules = await scheduleViews(data)
  const names = await namesOf(
    viewer,
    data.map(({ ownerId }) => ownerId),
  )
  const add = (
    <LinkButton href="/schedules/new" kind="primary" icon={<IconPlus size={16} aria-hidden />}>
      New schedule
    </LinkButton>
  )
  return (
    <>
      <RefreshOnChange since={new Date().toISOString()} />
      <PageHeader title="Schedules" lead="Jobs that are made again and again, at times you choose.">
        {data.length > 0 && add}
      </PageHeader>
      {data.length === 0 ? (
        <Empty
          icon={<IconCalendarRepeat size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'No more schedules' : 'No schedules yet'}
          action={add}
        >
          Say what should run and when, such as “on workdays at 09:00”. Each time leads to one job,
          also when the clocks change.
        </Empty>
      ) : (
        <List label="Schedules, newest first">
          {schedules.map((schedule) => (
            <ScheduleRow
              key={schedule.id}
              schedule={schedule}
              owner={ownerOf(schedule, viewer, names)}
            />
          ))}
        </List>
      )}
      <Pager path="/schedules" cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}
