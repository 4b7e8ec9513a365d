import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import { PageHeader } from '../../_components/ui/page-header'
import { create } from '../actions'
import { ScheduleForm, type ScheduleStart } from '../schedule-form'
import classes from '../schedules.module.css'
import { typeChoices } from '../type-choices'

export const metadata: Metadata = { title: 'New schedule' }

const start: ScheduleStart = {
  name: '',
  type: typeChoices[0]?.value ?? '',
  input: '',
  cron: '0 9 * * 1-5',
  timezone: '',
  missedPolicy: 'skip',
  overlapPolicy: 'allow',
  system: false,
}

export default async function NewSchedulePage() {
  await requireViewer()
  return (
    <div className={classes.form}>
      <PageHeader title="New schedule" back={{ href: '/schedules', label: 'Schedules' }} />
      <ScheduleForm action={create} submit="Create schedule" start={start} types={typeChoices} />
    </div>
  )
}
