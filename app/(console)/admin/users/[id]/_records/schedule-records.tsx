import { listSchedules } from '@/lib/schedules/schedules'
import { scheduleViews } from '@/lib/schedules/view'
import { asPerson } from '@/lib/users/person'
import { ScheduleRow } from '../../../../schedules/schedule-row'
import schedules from '../../../../schedules/schedules.module.css'
import { Pager } from '../../../_components/pager'
import classes from '../../users.module.css'
import type { RecordsProps } from './records'

/** Somebody's schedules. */
export async function ScheduleRecords({ admin, id, page, place }: RecordsProps) {
  const { data, nextCursor } = await listSchedules(asPerson(admin, id), page)
  if (data.length === 0) return <p className={classes.none}>No schedules.</p>
  return (
    <>
      <ul className={schedules.list} aria-label="Their schedules, newest first">
        {(await scheduleViews(data)).map((schedule) => (
          <ScheduleRow key={schedule.id} schedule={schedule} owner={undefined} />
        ))}
      </ul>
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
