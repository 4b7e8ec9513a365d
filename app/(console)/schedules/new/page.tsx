import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { findDefinition } from '@/lib/jobs/catalog'
import { PageHeader } from '../../_components/ui/page-header'
import { TypeChoice } from '../../jobs/new/type-choice'

export const metadata: Metadata = { title: 'New schedule' }

type Props = { searchParams: Promise<{ type?: string | string[] }> }

export default async function NewSchedulePage({ searchParams }: Props) {
  await requireViewer()
  const { type } = await searchParams
  if (typeof type === 'string' && findDefinition(type)?.userFacing) {
    redirect(`/jobs/new/${type}?when=schedule`)
  }
  return (
    <>
      <PageHeader
        title="New schedule"
        back={{ href: '/schedules', label: 'Schedules' }}
        lead="What should it do each time?"
      />
      <TypeChoice query="?when=schedule" />
    </>
  )
}
