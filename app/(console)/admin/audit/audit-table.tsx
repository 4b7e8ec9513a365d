import Link from 'next/link'
import type { DescribedEntry, Named } from '@/app/_server/audit/describe'
import list from '../../_components/list/list.module.css'
import { Table } from '../../_components/list/table'
import { Moment } from '../../_components/time/moment'
import ui from '../../_components/ui/ui.module.css'

/** Entries of the audit log, newest first. */
export function AuditTable({ entries }: { entries: DescribedEntry[] }) {
  return (
    <Table
      label="Table of audit entries"
      empty="Nothing in the audit log."
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { name: 'When', cell: ({ at }) => <Moment at={at} /> },
        {
          name: 'Who, from where',
          cell: ({ actor, from, userAgent }) => (
            <span>
              <Name named={actor} />
              {from !== actor.label && (
                <span className={`${ui.note} ${list.cut}`} title={userAgent ?? undefined}>
                  {from}
                </span>
              )}
            </span>
          ),
        },
        {
          name: 'What, on what',
          cell: ({ action, words, target }) => (
            <span>
              <span title={action}>{words}</span>
              <Name named={target} />
            </span>
          ),
        },
        { name: 'Before and after', cell: (entry) => <Details entry={entry} /> },
      ]}
    />
  )
}

function Name({ named: { label, href } }: { named: Named }) {
  if (!href) return <span className={list.cut}>{label}</span>
  return (
    <Link href={href} prefetch={false} className={`${ui.link} ${list.cut}`}>
      {label}
    </Link>
  )
}

function Details({ entry: { changes, notes } }: { entry: DescribedEntry }) {
  return (
    <ul className={`${ui.plain} ${list.wrapping}`}>
      {changes.map(({ name, before, after }) => (
        <li key={name}>
          {name}: {before !== null && <span className={ui.dim}>{before} → </span>}
          <span className={ui.strong}>{after}</span>
        </li>
      ))}
      {notes.map((note) => (
        <li key={note} className={ui.note}>
          {note}
        </li>
      ))}
    </ul>
  )
}
