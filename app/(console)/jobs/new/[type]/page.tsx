import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { recordChoices } from '@/app/_server/forms/records'
import { formTypeOf } from '@/app/_server/forms/submit'
import { findDefinition } from '@/lib/jobs/catalog'
import { PageHeader } from '../../../_components/ui/page-header'
import { Composer } from '../composer'
import { duplicateOf } from '../duplicate-of'
import { sideOf, startOf } from '../sides'

type Props = {
  params: Promise<{ type: string }>
  searchParams: Promise<{ from?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const label = findDefinition((await params).type)?.label ?? ''
  return { title: `New ${label.toLowerCase()} job` }
}

/** The form of a job type, made from its definition. */
export default async function NewJobPage({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const definition = findDefinition((await params).type)
  if (!definition?.userFacing) notFound()
  const { type, label, description } = definition
  const original = await duplicateOf(viewer, type, (await searchParams).from)
  const records = await recordChoices(viewer.userId)
  const form = formTypeOf(definition, viewer)
  const input = original?.input ?? (await startOf(form, viewer, records))
  const { tabs, preview, will } = await sideOf(type, input)
  return (
    <>
      <PageHeader
        title={`${original ? 'Duplicate' : 'New'} ${label.toLowerCase()} job`}
        back={{ href: '/jobs/new', label: 'New job' }}
        lead={description}
      />
      {!original && tabs}
      <Composer
        types={[form]}
        start={{ type, input, ...(original ? { tags: original.tags } : {}) }}
        records={records}
        originalId={original?.id}
        preview={preview}
        will={will}
      />
    </>
  )
}
