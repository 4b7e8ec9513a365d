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

type Query = string | string[] | undefined
type Props = {
  params: Promise<{ type: string }>
  searchParams: Promise<{ from?: Query; when?: Query }>
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
  const { from, when } = await searchParams
  const original = await duplicateOf(viewer, type, from)
  const records = await recordChoices(viewer.userId)
  const form = formTypeOf(definition, viewer)
  const input = original?.input ?? (await startOf(form, viewer, records))
  const end = when === 'later' || when === 'schedule' || when === 'list' ? when : 'now'
  const kind = end === 'schedule' ? 'schedule' : 'job'
  return (
    <>
      <PageHeader
        title={`${original ? 'Duplicate' : 'New'} ${label.toLowerCase()} ${kind}`}
        back={{ href: `/${kind}s/new`, label: `New ${kind}` }}
        lead={description}
      />
      <Composer
        key={end}
        form={form}
        start={{ input, end, tags: original?.tags ?? [] }}
        records={records}
        draft={[viewer.userId, type, end, original?.id].join(' ')}
        originalId={original?.id}
        {...(await sideOf(type, input))}
      />
    </>
  )
}
