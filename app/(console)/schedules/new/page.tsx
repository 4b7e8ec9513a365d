import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import { recordChoices } from '@/lib/forms/records'
import { PageHeader } from '../../_components/ui/page-header'
import { create } from '../actions'
import { ScheduleForm, type ScheduleStart } from '../schedule-form'
import classes from '../schedules.module.css'
import { typeChoices } from '../type-choices'

export const metadata: Metadata = { title: 'New schedule' }

const empty: ScheduleStart = {
  name: '',
  type: '',
  cron: '0 9 * * 1-5',
  timezone: '',
  missedPolicy: 'skip',
  overlapPolicy: 'allow',
  system: false,
}

type Props = { searchParams: Promise<{ type?: string | string[]; draft?: string | string[] }> }

export default async function NewSchedulePage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const { type, draft } = await searchParams
  const types = typeChoices()
  const chosen = types.find(({ value }) => value === type) ?? types[0]
  return (
    <div className={classes.form}>
      <PageHeader title="New schedule" back={{ href: '/schedules', label: 'Schedules' }} />
      <ScheduleForm
        action={create}
        submit="Create schedule"
        start={{ ...empty, type: chosen?.value ?? '' }}
        types={types}
        records={await recordChoices(viewer.userId)}
        isDraft={draft !== undefined}
      />
    </div>
  )
}
