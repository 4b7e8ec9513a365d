import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireAdmin } from '@/app/_server/auth/session'
import { recordRetention } from '@/app/_server/retention/overview'
import { ActionForm } from '@/app/form/action-form'
import { DEFAULT_DAYS, recordKindOf } from '@/lib/retention/defaults'
import { PageHeader } from '../../../../_components/ui/page-header'
import ui from '../../../../_components/ui/ui.module.css'
import { changeRecords } from '../../actions'
import { DaysField } from '../../days-field'
import { recordsWords, recordWords } from '../../words'

type Props = { params: Promise<{ kind: string }> }

export const metadata: Metadata = { title: 'Retention of records' }

export default async function RecordRetentionPage({ params }: Props) {
  const admin = await requireAdmin()
  const kind = recordKindOf((await params).kind)
  if (!kind) notFound()
  const { label, meaning } = recordWords[kind]
  const { days, due } = await recordRetention(admin, kind)
  return (
    <div className={ui.narrow}>
      <PageHeader
        title={`How long ${label.toLowerCase()} are kept`}
        back={{ href: '/admin/retention', label: 'Retention' }}
        lead={meaning}
      />
      <ActionForm action={changeRecords} submit="Save">
        <input type="hidden" name="kind" value={kind} />
        <DaysField
          name="days"
          label={label}
          days={days}
          usual={DEFAULT_DAYS}
          subject={{ kind }}
          due={recordsWords(due)}
        />
      </ActionForm>
    </div>
  )
}
