import { IconAlertTriangle } from '@tabler/icons-react'
import Link from 'next/link'
import { countOf } from '@/lib/format/count'
import ui from '../../_components/ui/ui.module.css'

/** Says on the overview that something is wrong, and leads there. */
export function OpenAlerts({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Link href="/admin/alerts" className={ui.notice} data-status="failed">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <span>
        {countOf(count, 'alert')} {count === 1 ? 'is' : 'are'} open
      </span>
    </Link>
  )
}
