import Link from 'next/link'
import type { DescribedEntry, Named } from '@/app/_server/audit/describe'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import { Moment } from '../../_components/time/moment'
import ui from '../../_components/ui/ui.module.css'

/** Entries of the audit log, newest first. */
export function AuditTable({ entries }: { entries: DescribedEntry[] }) {
  return (
    <ScrollTable label="Table of audit entries">
      <thead>
        <tr>
          <th>When</th>
          <th>Who, from where</th>
          <th>What, on what</th>
          <th>Before and after</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <Moment at={entry.at} />
            </td>
            <td>
              <Name named={entry.actor} />
              {entry.from !== entry.actor.label && (
                <span className={`${ui.note} ${ui.clip}`} title={entry.userAgent ?? undefined}>
                  {entry.from}
                </span>
              )}
            </td>
            <td>
              <span title={entry.action}>{entry.words}</span>
              <Name named={entry.target} />
            </td>
            <td>
              <Details entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
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
