import Link from 'next/link'
import { asPerson } from '@/app/_server/users/person'
import { endpointView } from '@/app/_server/webhooks/endpoint-view'
import { listEndpoints } from '@/app/_server/webhooks/endpoints'
import list from '../../../../_components/list/list.module.css'
import { Pager } from '../../../../_components/list/pager'
import { Table } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import { EndpointState } from '../../../../webhooks/endpoint-state'
import { eventWords, placeOf } from '../../../../webhooks/endpoint-words'
import type { RecordsProps } from './records'

/** Where somebody's webhooks go. */
export async function WebhookRecords({ admin, id, page, place }: RecordsProps) {
  const { data, nextCursor } = await listEndpoints(asPerson(admin, id), page)
  return (
    <>
      <Table
        label="Table of their webhook endpoints"
        empty="No webhook endpoints."
        rows={data.map(endpointView)}
        keyOf={({ id: key }) => key}
        columns={[
          {
            name: 'Endpoint',
            cell: ({ id: key, url }) => (
              <Link href={`/webhooks/${key}`} prefetch={false} title={url} className={list.cut}>
                {placeOf(url)}
              </Link>
            ),
          },
          {
            name: 'Events',
            cell: ({ eventTypes }) => <span className={list.cut}>{eventWords(eventTypes)}</span>,
          },
          { name: 'State', cell: (endpoint) => <EndpointState {...endpoint} /> },
          { name: 'Created', cell: ({ createdAt }) => <Ago at={createdAt} /> },
        ]}
      />
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
