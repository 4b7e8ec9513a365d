import { IconAlertTriangle } from '@tabler/icons-react'
import type { EndpointView } from '@/app/_server/webhooks/endpoint-view'
import { Chip } from '../_components/ui/chip'

const states = {
  on: { label: 'On', status: 'completed', icon: undefined, meaning: 'It gets its webhooks.' },
  failing: {
    label: 'Failing',
    status: 'retrying',
    icon: <IconAlertTriangle size={14} stroke={2.2} aria-hidden />,
    meaning: 'Nothing has got through lately. After five days it is switched off.',
  },
  off: {
    label: 'Off',
    status: 'canceled',
    icon: undefined,
    meaning: 'Nothing is sent to it.',
  },
} as const

/** Whether an endpoint gets its webhooks: icon, word and colour. */
export function EndpointState({
  enabled,
  failingSince,
}: Pick<EndpointView, 'enabled' | 'failingSince'>) {
  const { label, status, icon, meaning } =
    states[enabled ? (failingSince ? 'failing' : 'on') : 'off']
  return (
    <Chip status={status} icon={icon} title={meaning}>
      {label}
    </Chip>
  )
}
