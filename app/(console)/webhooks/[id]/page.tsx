import type { Metadata } from 'next'
import { cache } from 'react'
import { validate as isUuid } from 'uuid'
import { requireViewer } from '@/lib/auth/session'
import { listDeliveries } from '@/lib/webhooks/deliveries'
import { healthOf } from '@/lib/webhooks/endpoint-health'
import { deliveryView, endpointView } from '@/lib/webhooks/endpoint-view'
import { getEndpoint } from '@/lib/webhooks/endpoints'
import { RefreshOnChange } from '../../_components/live/refresh-on-change'
import { orNotFound } from '../../_components/or-not-found'
import { LinkButton } from '../../_components/ui/button'
import page from '../../_components/ui/page.module.css'
import { placeOf } from '../endpoint-words'
import classes from '../webhooks.module.css'
import { Actions } from './actions-bar'
import { Deliveries } from './deliveries'
import { Facts } from './facts'
import { Header } from './header'
import { Recover } from './recover'
import { Trouble } from './trouble'

const PAGE_SIZE = 25

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ cursor?: string | string[] }>
}

const endpointOf = cache(async (id: string) => orNotFound(getEndpoint(await requireViewer(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: placeOf((await endpointOf((await params).id)).url) }
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const endpoint = endpointView(await endpointOf((await params).id))
  const { id } = endpoint
  const asked = (await searchParams).cursor
  const cursor = isUuid(asked) ? String(asked) : undefined
  const [{ data, nextCursor }, health] = await Promise.all([
    listDeliveries(viewer, id, { limit: PAGE_SIZE, cursor }),
    healthOf(viewer, [id]),
  ])
  return (
    <>
      <RefreshOnChange since={new Date().toISOString()} />
      <Header endpoint={endpoint}>
        <Actions endpoint={endpoint} />
      </Header>
      <Trouble endpoint={endpoint} />
      <div className={classes.columns}>
        <section aria-labelledby="deliveries">
          <div className={page.sectionHead}>
            <h2 id="deliveries">Deliveries</h2>
            {endpoint.enabled && <Recover id={id} />}
          </div>
          <Deliveries endpoint={endpoint} deliveries={data.map(deliveryView)} isFirst={!cursor} />
          {(cursor || nextCursor) && (
            <nav className={page.pager} aria-label="Pages">
              {cursor && (
                <LinkButton href={`/webhooks/${id}`} size="small">
                  « Newest
                </LinkButton>
              )}
              {nextCursor && (
                <LinkButton href={`/webhooks/${id}?cursor=${nextCursor}`} size="small">
                  Older ›
                </LinkButton>
              )}
            </nav>
          )}
        </section>
        <Facts endpoint={endpoint} health={health.get(id)} />
      </div>
    </>
  )
}
