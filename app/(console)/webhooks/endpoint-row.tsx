import Link from 'next/link'
import type { EndpointHealth } from '@/lib/webhooks/endpoint-health'
import type { EndpointView } from '@/lib/webhooks/endpoint-view'
import { Ago } from '../_components/time/ago'
import { EndpointState } from './endpoint-state'
import { eventWords, placeOf } from './endpoint-words'
import { rateWords } from './health-words'
import classes from './webhooks.module.css'

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
    <li>
      <div className={classes.where}>
        <Link href={`/webhooks/${id}`} className={classes.name} prefetch={false} title={url}>
          {placeOf(url)}
        </Link>
        <span className={classes.dim}>
          {[owner && `by ${owner}`, description, eventWords(eventTypes)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <span>
        <EndpointState {...endpoint} />
      </span>
      <span className={classes.dim}>
        {health?.lastAt ? (
          <>
            {health.lastStatus ?? 'No answer'} · <Ago at={health.lastAt.toISOString()} />
          </>
        ) : (
          'Nothing sent yet'
        )}
      </span>
      <span className={classes.rate}>{rate && `${rate} delivered`}</span>
    </li>
  )
}
