import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { recordChoices } from '@/app/_server/forms/records'
import { formTypeOf } from '@/app/_server/forms/submit'
import { getSchedule } from '@/app/_server/schedules/schedules'
import { readTiming, scheduleView } from '@/app/_server/schedules/view'
import { findDefinition } from '@/lib/jobs/catalog'
import { orNotFound } from '../../../_components/or-not-found'
import { PageHeader } from '../../../_components/ui/page-header'
import { Composer } from '../../../jobs/new/composer'

export const metadata: Metadata = { title: 'Edit schedule' }

export default async function EditSchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer()
  const record = await orNotFound(getSchedule(viewer, (await params).id))
  const { type, input, ...schedule } = await scheduleView(record)
  const { id, name, cron, timezone, missedPolicy, overlapPolicy, system } = schedule
  const reading = readTiming(cron, timezone)
  const definition = system ? undefined : findDefinition(type)
  return (
    <>
      <PageHeader title={`Edit “${name}”`} back={{ href: `/schedules/${id}`, label: name }} />
      <Composer
        form={definition && formTypeOf(definition, viewer)}
        start={{ input }}
        draft={`${viewer.userId} ${id}`}
        records={await recordChoices(record.ownerId ?? viewer.userId)}
        schedule={{ id, name, cron, timezone, missedPolicy, overlapPolicy, system, reading }}
      />
    </>
  )
}
