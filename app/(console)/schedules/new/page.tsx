import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { recordChoices } from '@/app/_server/forms/records'
import { formTypeOf } from '@/app/_server/forms/submit'
import { definitions } from '@/lib/jobs/catalog'
import { PageHeader } from '../../_components/ui/page-header'
import { Composer } from '../../jobs/new/composer'
import { newSchedule } from '../schedule-start'

export const metadata: Metadata = { title: 'New schedule' }

type Props = { searchParams: Promise<{ type?: string | string[] }> }

export default async function NewSchedulePage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const asked = (await searchParams).type
  const offered = definitions.filter(({ userFacing }) => userFacing)
  const types = offered.map((definition) => formTypeOf(definition, viewer))
  const { type, start } = types.find((each) => each.type === asked) ?? types[0] ?? {}
  return (
    <>
      <PageHeader title="New schedule" back={{ href: '/schedules', label: 'Schedules' }} />
      <Composer
        types={types}
        start={{ type: type ?? '', input: start }}
        records={await recordChoices(viewer.userId)}
        schedule={newSchedule}
      />
    </>
  )
}
