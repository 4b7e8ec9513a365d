import Link from 'next/link'
import type { endpointView as viewOf } from '@/app/_server/webhooks/endpoint-view'
import type { Notification } from '@/lib/db/generated/client'
import type { FileRecord } from '@/lib/files/view'
import { formatBytes } from '@/lib/format/bytes'
import list from '../../../../_components/list/list.module.css'
import { Table } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import { EndpointState } from '../../../../webhooks/endpoint-state'
import { eventWords, placeOf } from '../../../../webhooks/endpoint-words'

/** Somebody's files. */
export function FileTable({ files }: { files: FileRecord[] }) {
  return (
    <Table
      label="Table of their files"
      empty="No files."
      rows={files}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Name',
          cell: ({ id, name }) => (
            <a href={`/api/v1/files/${id}/content`} download className={list.cut}>
              {name}
            </a>
          ),
        },
        { name: 'Kind', cell: ({ kind }) => (kind === 'UPLOAD' ? 'Upload' : 'Result') },
        { name: 'Size', look: 'number', cell: ({ bytes }) => formatBytes(bytes) },
        { name: 'Created', cell: ({ createdAt }) => <Ago at={createdAt.toISOString()} /> },
      ]}
    />
  )
}

/** Where somebody's webhooks go. */
export function EndpointTable({ endpoints }: { endpoints: ReturnType<typeof viewOf>[] }) {
  return (
    <Table
      label="Table of their webhook endpoints"
      empty="No webhook endpoints."
      rows={endpoints}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Endpoint',
          cell: ({ id, url }) => (
            <Link href={`/webhooks/${id}`} prefetch={false} title={url} className={list.cut}>
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
  )
}

/** What somebody was notified of. */
export function NotificationTable({ notifications }: { notifications: Notification[] }) {
  return (
    <Table
      label="Table of their notifications"
      empty="No notifications."
      rows={notifications}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Notification',
          cell: ({ title, href }) => (
            <Link href={href} prefetch={false} className={list.cut}>
              {title}
            </Link>
          ),
        },
        {
          name: 'Read',
          cell: ({ readAt }) => (readAt ? <Ago at={readAt.toISOString()} /> : 'Not yet'),
        },
        { name: 'Sent', cell: ({ createdAt }) => <Ago at={createdAt.toISOString()} /> },
      ]}
    />
  )
}
