import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { PageHeader } from '../../_components/ui/page-header'
import { TypeChoice } from './type-choice'

export const metadata: Metadata = { title: 'New job' }

export default async function NewJobPage() {
  await requireViewer()
  return (
    <>
      <PageHeader
        title="New job"
        back={{ href: '/jobs', label: 'Jobs' }}
        lead="What should it do?"
      />
      <TypeChoice />
    </>
  )
}
