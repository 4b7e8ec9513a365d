import Link from 'next/link'
import type { RecordRetention } from '@/lib/retention/overview'
import { ScrollTable } from '../_components/scroll-table'
import admin from '../admin.module.css'
import classes from './retention.module.css'
import { daysWords, recordWords, upTo } from './words'

/** How long records that are no jobs are kept, and how many would go now. */
export function RecordTable({ records }: { records: RecordRetention[] }) {
  return (
    <ScrollTable label="Retention of other records">
      <thead>
        <tr>
          <th>What</th>
          <th className={admin.right}>Kept</th>
          <th className={admin.right}>To remove</th>
        </tr>
      </thead>
      <tbody className={classes.records}>
        {records.map(({ kind, days, due }) => (
          <tr key={kind}>
            <th scope="row">
              {recordWords[kind].label}
              <span className={admin.purpose}>{recordWords[kind].meaning}</span>
              <Link
                href={`/admin/retention/records/${kind}`}
                className={classes.change}
                aria-label={`Change how long ${recordWords[kind].label.toLowerCase()} are kept`}
                prefetch={false}
              >
                Change
              </Link>
            </th>
            <td className={admin.right}>{daysWords(days)}</td>
            <td className={admin.right}>{upTo(due)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  )
}
