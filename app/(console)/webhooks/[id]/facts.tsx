import type { EndpointHealth } from '@/app/_server/webhooks/endpoint-health'
import type { EndpointView } from '@/app/_server/webhooks/endpoint-view'
import { Fact, Facts } from '../../_components/list/facts'
import { Moment } from '../../_components/time/moment'
import { CopyButton } from '../../_components/ui/copy-button'
import ui from '../../_components/ui/ui.module.css'
import { rotate } from '../actions'
import { eventWords } from '../endpoint-words'
import { rateWords } from '../health-words'
import { RotateSecret } from '../rotate-secret'

type Props = { endpoint: EndpointView; health: EndpointHealth | undefined }

/** What the endpoint is set to, and how it does. */
export function EndpointFacts({ endpoint, health }: Props) {
  const { id, url, eventTypes, previousSecretExpiresAt: until, createdAt } = endpoint
  return (
    <Facts layout="card">
      <Fact name="URL">
        {url} <CopyButton text={url} label="Copy the URL" />
      </Fact>
      <Fact name="Events">{eventWords(eventTypes)}</Fact>
      <Fact name="Delivered">{(health && rateWords(health)) ?? 'Nothing sent yet'}</Fact>
      <Fact name="Signing secret">
        <p className={ui.mono}>whsec_••••••</p>
        {until && Date.parse(until) > Date.now() && (
          <p data-status="retrying" className={ui.tone}>
            The one before signs too until <Moment at={until} />
          </p>
        )}
        <RotateSecret
          id={id}
          action={rotate}
          size="small"
          consequence="For the next 24 hours each webhook carries two signatures, of the new secret and of this one. Give your receiver the new one before they are over. Rotating again in that time ends the present secret at once."
        />
      </Fact>
      <Fact name="Added">
        <Moment at={createdAt} />
      </Fact>
    </Facts>
  )
}
