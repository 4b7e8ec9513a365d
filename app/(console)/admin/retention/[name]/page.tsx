import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireAdmin } from '@/app/_server/auth/session'
import { jobRetention, retainedTypes } from '@/app/_server/retention/overview'
import { ActionForm } from '@/app/form/action-form'
import { statusWords } from '@/lib/jobs/status'
import { defaultDays } from '@/lib/retention/defaults'
import { PageHeader } from '../../../_components/ui/page-header'
import ui from '../../../_components/ui/ui.module.css'
import { changeJobs } from '../actions'
import { DaysField } from '../days-field'
import { removableWords, typeLabel } from '../words'

type Props = { params: Promise<{ name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Retention of ${typeLabel(decodeURIComponent((await params).name))} jobs` }
}

export default async function JobRetentionPage({ params }: Props) {
  const admin = await requireAdmin()
  const type = decodeURIComponent((await params).name)
  if (!(await retainedTypes()).includes(type)) notFound()
  const rows = await jobRetention(admin, [type])
  return (
    <div className={ui.narrow}>
      <PageHeader
        title={`How long ${typeLabel(type)} jobs are kept`}
        back={{ href: '/admin/retention', label: 'Retention' }}
        lead="Counted from when a job ended. Nothing goes before retention runs next."
      />
      <ActionForm action={changeJobs} submit="Save">
        <input type="hidden" name="type" value={type} />
        {rows.map(({ status, days, due }) => (
          <DaysField
            key={status}
            name={status}
            label={statusWords[status].label}
            days={days}
            usual={defaultDays(type)}
            subject={{ type, status }}
            due={removableWords(due)}
          />
        ))}
      </ActionForm>
    </div>
  )
}
