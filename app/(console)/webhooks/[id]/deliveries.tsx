import type { DeliveryView, EndpointView } from '@/app/_server/webhooks/endpoint-view'
import { List } from '../../_components/list/list'
import ui from '../../_components/ui/ui.module.css'
import { Delivery } from './delivery'

type Props = { endpoint: EndpointView; deliveries: DeliveryView[]; isFirst: boolean }

/** The delivery log: every request, newest first. */
export function Deliveries({ endpoint, deliveries, isFirst }: Props) {
  if (deliveries.length === 0) {
    return (
      <p className={ui.nothing}>
        {isFirst
          ? 'Nothing has been sent yet. A test event shows whether the receiver is reached and can check the signature.'
          : 'No more deliveries.'}
      </p>
    )
  }
  return (
    <List label="Deliveries, newest first">
      {deliveries.map((delivery) => (
        <Delivery key={delivery.id} delivery={delivery} mayReplay={endpoint.enabled} />
      ))}
    </List>
  )
}
