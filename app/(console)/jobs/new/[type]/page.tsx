import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { recordChoices } from '@/lib/forms/records'
import { inputFieldsOf } from '@/lib/forms/submit'
import { findDefinition } from '@/lib/jobs/catalog'
import { PageHeader } from '../../../_components/ui/page-header'
import { duplicateOf } from '../duplicate-of'
import { optionsOf } from '../options'
import { GeneratedForm } from './generated-form'

type Props = {
  params: Promise<{ type: string }>
  searchParams: Promise<{ from?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const label = findDefinition((await params).type)?.label ?? ''
  return { title: `New ${label.toLowerCase()} job` }
}

/** The form of every job type that has none of its own. */
export default async function NewJobOfTypePage({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const definition = findDefinition((await params).type)
  if (!definition?.userFacing) notFound()
  const { type, label, description } = definition
  const original = await duplicateOf(viewer, type, (await searchParams).from)
  return (
    <>
      <PageHeader
        title={`${original ? 'Duplicate' : 'New'} ${label.toLowerCase()} job`}
        back={{ href: '/jobs/new', label: 'New job' }}
        lead={description}
      />
      <GeneratedForm
        type={type}
        fields={inputFieldsOf(definition)}
        values={original?.input}
        records={await recordChoices(viewer.userId)}
        options={original ? optionsOf(original) : undefined}
        originalId={original?.id}
      />
    </>
  )
}
