import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { getPerson } from '@/app/_server/users/person'
import { definitions } from '@/lib/jobs/catalog'
import { type SearchParams, valuesOf } from '../../../_components/list/href'
import { orNotFound } from '../../../_components/or-not-found'
import { PageHeader } from '../../../_components/ui/page-header'
import ui from '../../../_components/ui/ui.module.css'
import { PauseForm } from '../pause-form'

export const metadata: Metadata = { title: 'Pause jobs' }

const types = [
  { value: '', label: 'Any type' },
  ...definitions.map(({ type, label }) => ({ value: type, label })),
]

type Props = { searchParams: Promise<SearchParams> }

/** The form of a new pause; links to it say what it begins with, an owner by their id. */
export default async function NewPausePage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const { type = '', owner, tag = '', reason = '' } = valuesOf(await searchParams)
  const { email } = owner ? await orNotFound(getPerson(admin, owner)) : { email: '' }
  return (
    <div className={ui.narrow}>
      <PageHeader
        title="Pause jobs"
        back={{ href: '/admin/pauses', label: 'Pauses' }}
        lead="Jobs of which all of this is true do not start. Those that run go on to their end. What waits, or is new, is kept, and starts once the pause is over."
      />
      <PauseForm types={types} start={{ type, owner: email, tag, reason }} />
    </div>
  )
}
