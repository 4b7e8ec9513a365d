import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import { recordChoices } from '@/lib/forms/records'
import { getSchedule } from '@/lib/schedules/schedules'
import { readTiming, scheduleView } from '@/lib/schedules/view'
import { orNotFound } from '../../../_components/or-not-found'
import { PageHeader } from '../../../_components/ui/page-header'
import { update } from '../../actions'
import { ScheduleForm } from '../../schedule-form'
import classes from '../../schedules.module.css'
import { typeChoices } from '../../type-choices'

export const metadata: Metadata = { title: 'Edit schedule' }

export default async function EditSchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer()
  const record = await orNotFound(getSchedule(viewer, (await params).id))
  const { id, name, type, input, cron, timezone, missedPolicy, overlapPolicy, system } =
    await scheduleView(record)
  const start = { id, name, type, cron, timezone, missedPolicy, overlapPolicy, system }
  return (
    <div className={classes.form}>
      <PageHeader title={`Edit “${name}”`} back={{ href: `/schedules/${id}`, label: name }} />
      <ScheduleForm
        action={update}
        submit="Save schedule"
        start={{
          ...start,
          input,
          reading: readTiming(cron, timezone),
        }}
        types={typeChoices()}
        records={await recordChoices(record.ownerId ?? viewer.userId)}
      />
    </div>
  )
}
