import { IconPlus, IconWebhook } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { healthOf } from '@/app/_server/webhooks/endpoint-health'
import { endpointView } from '@/app/_server/webhooks/endpoint-view'
import { listEndpoints } from '@/app/_server/webhooks/endpoints'
import { namesOf } from '@/lib/access/names'
import { cursorOf, type SearchParams } from '../_components/list/href'
import { List } from '../_components/list/list'
import { Pager } from '../_components/list/pager'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import { EndpointRow } from './endpoint-row'
export const metadata: Metadata = { title: 'Webhooks' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<SearchParams> }

export default async function WebhooksPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const cursor = cursorOf(await searchParams)
  const { data, nextCursor } = await listEndpoints(viewer, { limit: PAGE_SIZE, cursor })
  const ids = data.map(({ id }) => id)
  const others = data.map(({ ownerId }) => ownerId).filter((owner) => owner !== viewer.userId)
  const [health, names] = await Promise.all([healthOf(viewer, ids), namesOf(viewer, others)])
  const add = (
    <LinkButton href="/webhooks/new" kind="primary" icon={<IconPlus size={16} aria-hidden />}>
      New endpoint
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Webhooks"
        lead="Endpoints that hear what happens here: signed requests, tried again when they fail."
      >
        {data.length > 0 && add}
      </PageHeader>
      {data.length === 0 ? (
        <Empty
          icon={<IconWebhook size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'No more endpoints' : 'No endpoints yet'}
          action={add}
        >
          Add a URL of yours, and Millrace tells it when jobs are done or failed, and whatever else
          you send to it. Every request is kept here with its answer.
        </Empty>
      ) : (
        <List label="Endpoints, newest first">
          {data.map((endpoint) => (
            <EndpointRow
              key={endpoint.id}
              endpoint={endpointView(endpoint)}
              health={health.get(endpoint.id)}
              owner={names.get(endpoint.ownerId)}
            />
          ))}
        </List>
      )}
      <Pager path="/webhooks" cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}
