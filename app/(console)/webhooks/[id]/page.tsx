import type { Metadata } from 'next'
import { cache } from 'react'
import { requireViewer } from '@/app/_server/auth/session'
import { listDeliveries } from '@/app/_server/webhooks/deliveries'
import { healthOf } from '@/app/_server/webhooks/endpoint-health'
import { deliveryView, endpointView } from '@/app/_server/webhooks/endpoint-view'
import { getEndpoint } from '@/app/_server/webhooks/endpoints'
import { cursorOf, type SearchParams } from '../../_components/list/href'
import { Pager } from '../../_components/list/pager'
import { RefreshOnChange } from '../../_components/live/refresh-on-change'
import { orNotFound } from '../../_components/or-not-found'
import { PageHeader } from '../../_components/ui/page-header'
import { Section } from '../../_components/ui/section'
import ui from '../../_components/ui/ui.module.css'
import { EndpointState } from '../endpoint-state'
import { placeOf } from '../endpoint-words'
import { Actions } from './actions-bar'
import { Deliveries } from './deliveries'
import { EndpointFacts } from './facts'
import { Recover } from './recover'
import { Trouble } from './trouble'

const PAGE_SIZE = 25

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

const endpointOf = cache(async (id: string) => orNotFound(getEndpoint(await requireViewer(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: placeOf((await endpointOf((await params).id)).url) }
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const endpoint = endpointView(await endpointOf((await params).id))
  const { id } = endpoint
  const cursor = cursorOf(await searchParams)
  const [{ data, nextCursor }, health] = await Promise.all([
    listDeliveries(viewer, id, { limit: PAGE_SIZE, cursor }),
    healthOf(viewer, [id]),
  ])
  return (
    <>
      <RefreshOnChange since={new Date().toISOString()} />
      <PageHeader
        title={placeOf(endpoint.url)}
        back={{ href: '/webhooks', label: 'Webhooks' }}
        status={<EndpointState {...endpoint} />}
        lead={endpoint.description}
      >
        <Actions endpoint={endpoint} />
      </PageHeader>
      <Trouble endpoint={endpoint} />
      <div className={ui.columns}>
        <Section
          id="deliveries"
          title="Deliveries"
          action={endpoint.enabled && <Recover id={id} />}
        >
          <Deliveries endpoint={endpoint} deliveries={data.map(deliveryView)} isFirst={!cursor} />
          <Pager path={`/webhooks/${id}`} cursor={cursor} nextCursor={nextCursor} />
        </Section>
        <EndpointFacts endpoint={endpoint} health={health.get(id)} />
      </div>
    </>
  )
}
