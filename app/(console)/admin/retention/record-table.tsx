import Link from 'next/link'
import type { RecordRetention } from '@/app/_server/retention/overview'
import list from '../../_components/list/list.module.css'
import { ScrollTable } from '../../_components/list/table'
import ui from '../../_components/ui/ui.module.css'
import { daysWords, recordWords, upTo } from './words'

/** How long records that are no jobs are kept, and how many would go now. */
export function RecordTable({ records }: { records: RecordRetention[] }) {
  return (
    <ScrollTable label="Retention of other records">
      <thead>
        <tr>
          <th>What</th>
          <th className={list.number}>Kept</th>
          <th className={list.number}>To remove</th>
        </tr>
      </thead>
      <tbody>
        {records.map(({ kind, days, due }) => (
          <tr key={kind}>
            <th scope="row">
              {recordWords[kind].label}
              <span className={`${ui.note} ${list.cut}`}>{recordWords[kind].meaning}</span>
              <p className={ui.note}>
                <Link
                  href={`/admin/retention/records/${kind}`}
                  className={ui.link}
                  aria-label={`Change how long ${recordWords[kind].label.toLowerCase()} are kept`}
                  prefetch={false}
                >
                  Change
                </Link>
              </p>
            </th>
            <td className={list.number}>{daysWords(days)}</td>
            <td className={list.number}>{upTo(due)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}
