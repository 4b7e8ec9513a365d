import Link from 'next/link'
import { asPerson } from '@/app/_server/users/person'
import { endpointView } from '@/app/_server/webhooks/endpoint-view'
import { listEndpoints } from '@/app/_server/webhooks/endpoints'
import list from '../../../../_components/list/list.module.css'
import { Pager } from '../../../../_components/list/pager'
import { ScrollTable } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import ui from '../../../../_components/ui/ui.module.css'
import { EndpointState } from '../../../../webhooks/endpoint-state'
import { eventWords, placeOf } from '../../../../webhooks/endpoint-words'
import type { RecordsProps } from './records'

/** Where somebody's webhooks go. */
export async function WebhookRecords({ admin, id, page, place }: RecordsProps) {
  const { data, nextCursor } = await listEndpoints(asPerson(admin, id), page)
  if (data.length === 0) return <p className={ui.nothing}>No webhook endpoints.</p>
  return (
    <>
      <ScrollTable label="Table of their webhook endpoints">
        <thead>
          <tr>
            <th>Endpoint</th>
            <th>Events</th>
            <th>State</th>
            <th>Created</th>
          </tr>
        </thead>
        <tbody>
          {data.map(endpointView).map((endpoint) => (
            <tr key={endpoint.id}>
              <th scope="row">
                <Link
                  href={`/webhooks/${endpoint.id}`}
                  prefetch={false}
                  title={endpoint.url}
                  className={list.cut}
                >
                  {placeOf(endpoint.url)}
                </Link>
              </th>
              <td>
                <span className={list.cut}>{eventWords(endpoint.eventTypes)}</span>
              </td>
              <td>
                <EndpointState {...endpoint} />
              </td>
              <td>
                <Ago at={endpoint.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}
