import type { EndpointHealth } from '@/app/_server/webhooks/endpoint-health'
import type { EndpointView } from '@/app/_server/webhooks/endpoint-view'
import { Cell, Row } from '../_components/list/list'
import { Ago } from '../_components/time/ago'
import ui from '../_components/ui/ui.module.css'
import { EndpointState } from './endpoint-state'
import { eventWords, placeOf } from './endpoint-words'
import { rateWords } from './health-words'

type Props = {
  endpoint: EndpointView
  health: EndpointHealth | undefined
  /** Whose it is, where it is somebody else's. */
  owner: string | undefined
}

/** One endpoint of the list: where it leads, and how it does. */
export function EndpointRow({ endpoint, health, owner }: Props) {
  const { id, url, description, eventTypes } = endpoint
  const rate = health && rateWords(health)
  return (
    <Row
      title={placeOf(url)}
      href={`/webhooks/${id}`}
      hint={url}
      note={
        <p className={ui.note}>
          {[owner && `by ${owner}`, description, eventWords(eventTypes)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      }
    >
      <Cell>
        <EndpointState {...endpoint} />
      </Cell>
      <Cell width="wide">
        {health?.lastAt ? (
          <span>
            {health.lastStatus ?? 'No answer'} · <Ago at={health.lastAt.toISOString()} />
          </span>
        ) : (
          'Nothing sent yet'
        )}
      </Cell>
      <Cell width="wide" end>
        {rate && `${rate} delivered`}
      </Cell>
    </Row>
  )
}
