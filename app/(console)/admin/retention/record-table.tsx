import Link from 'next/link'
import type { RecordRetention } from '@/app/_server/retention/overview'
import { Table, Two } from '../../_components/list/table'
import ui from '../../_components/ui/ui.module.css'
import { daysWords, recordWords, upTo } from './words'

/** How long records that are no jobs are kept, and how many would go now. */
export function RecordTable({ records }: { records: RecordRetention[] }) {
  return (
    <Table
      label="Retention of other records"
      rows={records}
      keyOf={({ kind }) => kind}
      columns={[
        {
          name: 'What',
          cell: ({ kind }) => (
            <>
              <Two note={recordWords[kind].meaning}>{recordWords[kind].label}</Two>
              <Change
                href={`/admin/retention/records/${kind}`}
                what={recordWords[kind].label.toLowerCase()}
              />
            </>
          ),
        },
        { name: 'Kept', look: 'number', cell: ({ days }) => daysWords(days) },
        { name: 'To remove', look: 'number', cell: ({ due }) => upTo(due) },
      ]}
    />
  )
}

/** Leads to where one says how long something is kept. */
export function Change({ href, what }: { href: string; what: string }) {
  return (
    <p className={ui.note}>
      <Link
        href={href}
        className={ui.link}
        aria-label={`Change how long ${what} are kept`}
        prefetch={false}
      >
        Change
      </Link>
    </p>
  )
}
