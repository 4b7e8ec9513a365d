import { IconAlertTriangle } from '@tabler/icons-react'
import Link from 'next/link'
import { countOf } from '@/lib/format/count'
import classes from './alerts.module.css'

/** Says on the overview that something is wrong, and leads there. */
export function OpenAlerts({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Link href="/admin/alerts" className={classes.banner}>
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <span>
        {countOf(count, 'alert')} {count === 1 ? 'is' : 'are'} open
      </span>
    </Link>
  )
}
