import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import { PageHeader } from '../../_components/ui/page-header'
import { knownEvents } from '../known-events'
import classes from '../webhooks.module.css'
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
      <div className={classes.form}>
        <NewEndpoint known={knownEvents} />
      </div>
    </>
  )
}
