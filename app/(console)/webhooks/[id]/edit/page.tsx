import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { getEndpoint } from '@/app/_server/webhooks/endpoints'
import { ActionForm } from '@/app/form/action-form'
import { orNotFound } from '../../../_components/or-not-found'
import { PageHeader } from '../../../_components/ui/page-header'
import ui from '../../../_components/ui/ui.module.css'
import { change } from '../../actions'
import { EndpointFields } from '../../endpoint-fields'
import { placeOf } from '../../endpoint-words'
import { knownEvents } from '../../known-events'

export const metadata: Metadata = { title: 'Edit endpoint' }

type Props = { params: Promise<{ id: string }> }

export default async function EditEndpointPage({ params }: Props) {
  const viewer = await requireViewer()
  const { id, url, description, eventTypes } = await orNotFound(
    getEndpoint(viewer, (await params).id),
  )
  return (
    <>
      <PageHeader
        title="Edit endpoint"
        back={{ href: `/webhooks/${id}`, label: placeOf(url) }}
        lead="What waits to be sent goes to the new URL as well."
      />
      <div className={ui.narrow}>
        <ActionForm action={change} submit="Save changes">
          <input type="hidden" name="id" value={id} />
          <EndpointFields
            url={url}
            description={description}
            eventTypes={eventTypes}
            known={knownEvents}
          />
        </ActionForm>
      </div>
    </>
  )
}
