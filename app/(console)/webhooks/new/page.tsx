import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { PageHeader } from '../../_components/ui/page-header'
import ui from '../../_components/ui/ui.module.css'
import { knownEvents } from '../known-events'
import { NewEndpoint } from './new-endpoint'

export const metadata: Metadata = { title: 'New endpoint' }

export default async function NewEndpointPage() {
  await requireViewer()
  return (
    <>
      <PageHeader
        title="New endpoint"
        back={{ href: '/webhooks', label: 'Webhooks' }}
        lead="A URL of yours that takes webhooks. Each is signed, so that you know it comes from here."
      />
      <div className={ui.narrow}>
        <NewEndpoint known={knownEvents} />
      </div>
    </>
  )
}
