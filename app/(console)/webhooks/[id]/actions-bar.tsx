import { IconBan, IconPencil, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react'
import type { EndpointView } from '@/app/_server/webhooks/endpoint-view'
import { ActionButton } from '../../_components/ui/action-button'
import { LinkButton } from '../../_components/ui/button'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import { remove, test, turn } from '../actions'
import { placeOf } from '../endpoint-words'

const ICON = { size: 16, 'aria-hidden': true } as const

/** What can be done with an endpoint. */
export function Actions({ endpoint: { id, url, enabled } }: { endpoint: EndpointView }) {
  return (
    <>
      {enabled ? (
        <ActionButton action={test} fields={{ id }} kind="primary" icon={<IconSend {...ICON} />}>
          Send test event
        </ActionButton>
      ) : (
        <ActionButton
          action={turn}
          fields={{ id, enabled: 'true' }}
          kind="primary"
          icon={<IconPlayerPlay {...ICON} />}
        >
          Switch on
        </ActionButton>
      )}
      <LinkButton href={`/webhooks/${id}/edit`} icon={<IconPencil {...ICON} />}>
        Edit
      </LinkButton>
      {enabled && (
        <ConfirmButton
          action={turn}
          fields={{ id, enabled: 'false' }}
          icon={<IconBan {...ICON} />}
          title={`Switch off ${placeOf(url)}?`}
          consequence="Nothing is sent to it until you switch it on. Webhooks that wait for it fail; you can recover them afterwards. Events that happen meanwhile are not kept for it."
          confirm="Switch off"
          keep="Leave it on"
        >
          Switch off
        </ConfirmButton>
      )}
      <ConfirmButton
        action={remove}
        fields={{ id }}
        icon={<IconTrash {...ICON} />}
        aria-label="Delete"
        title={`Delete ${placeOf(url)}?`}
        consequence="The endpoint, its secret and its delivery log are removed for good. Webhooks that wait for it fail; their jobs stay."
        confirm="Delete endpoint"
      />
    </>
  )
}
