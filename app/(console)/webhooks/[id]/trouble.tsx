import { IconAlertCircle } from '@tabler/icons-react'
import type { EndpointView } from '@/app/_server/webhooks/endpoint-view'
import { Ago } from '../../_components/time/ago'
import { Notice } from '../../_components/ui/notice'

/** Why an endpoint gets nothing, or soon may not, and what to do; nothing while it is well. */
export function Trouble({
  endpoint: { enabled, disabledReason, failingSince },
}: {
  endpoint: EndpointView
}) {
  if (enabled && !failingSince) return null
  if (!enabled && !disabledReason) return null
  return (
    <Notice
      label="What is wrong"
      icon={<IconAlertCircle size={20} aria-hidden />}
      status={enabled ? 'retrying' : 'failed'}
    >
      {enabled ? (
        <p>
          Nothing has got through since <Ago at={failingSince ?? ''} />. After five days without a
          success it is switched off, and you are told. The latest deliveries below say what is
          wrong.
        </p>
      ) : (
        <p>
          <strong>Switched off: </strong>
          {disabledReason} Once that is settled, switch the endpoint on, and recover what failed
          meanwhile.
        </p>
      )}
    </Notice>
  )
}
