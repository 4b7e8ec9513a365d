import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react'
import type { EndpointView } from '@/lib/webhooks/endpoint-view'
import status from '../_components/job/status.module.css'

const ICON = { size: 14, stroke: 2.2, 'aria-hidden': true } as const

const states = {
  on: { label: 'On', status: 'completed', icon: IconCheck, meaning: 'It gets its webhooks.' },
  failing: {
    label: 'Failing',
    status: 'retrying',
    icon: IconAlertTriangle,
    meaning: 'Nothing has got through lately. After five days it is switched off.',
  },
  off: { label: 'Off', status: 'canceled', icon: IconBan, meaning: 'Nothing is sent to it.' },
} as const

/** Whether an endpoint gets its webhooks: icon, word and colour. */
export function EndpointState({
  enabled,
  failingSince,
}: Pick<EndpointView, 'enabled' | 'failingSince'>) {
  const state = states[enabled ? (failingSince ? 'failing' : 'on') : 'off']
  return (
    <span className={status.chip} data-status={state.status} title={state.meaning}>
      <state.icon {...ICON} />
      {state.label}
    </span>
  )
}
