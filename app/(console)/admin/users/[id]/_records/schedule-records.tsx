import { listSchedules } from '@/app/_server/schedules/schedules'
import { scheduleViews } from '@/app/_server/schedules/view'
import { asPerson } from '@/app/_server/users/person'
import { List } from '../../../../_components/list/list'
import { Pager } from '../../../../_components/list/pager'
import ui from '../../../../_components/ui/ui.module.css'
import { ScheduleRow } from '../../../../schedules/schedule-row'
import type { RecordsProps } from './records'

/** Somebody's schedules. */
export async function ScheduleRecords({ admin, id, page, place }: RecordsProps) {
  const { data, nextCursor } = await listSchedules(asPerson(admin, id), page)
  if (data.length === 0) return <p className={ui.nothing}>No schedules.</p>
  return (
    <>
      <List label="Their schedules, newest first">
        {(await scheduleViews(data)).map((schedule) => (
          <ScheduleRow key={schedule.id} schedule={schedule} owner={undefined} />
        ))}
      </List>
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
