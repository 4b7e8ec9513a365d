import Link from 'next/link'
import { formatCount } from '@/lib/format/count'
import { statusNames, statusOf, statusWords } from '@/lib/jobs/status'
import classes from './batch.module.css'

type Props = {
  href: string
  counts: Record<string, number>
  /** The status that is shown; undefined: all. */
  current: string | undefined
  total: number
}

/** Narrows the list to one status; links, so that they work without scripts. */
export function StatusFilter({ href, counts, current, total }: Props) {
  const choices = statusNames.flatMap((name) => {
    const status = statusOf(name)
    const count = counts[name] ?? 0
    if (!status || (count === 0 && name !== current)) return []
    return [{ name, label: statusWords[status].label, count }]
  })
  return (
    <nav className={classes.filter} aria-label="Jobs by status">
      <Link href={href} aria-current={current ? undefined : 'page'} scroll={false}>
        All {formatCount(total)}
      </Link>
      {choices.map(({ name, label, count }) => (
        <Link
          key={name}
          href={`${href}?status=${name}`}
          aria-current={current === name ? 'page' : undefined}
          scroll={false}
        >
          {label} {formatCount(count)}
        </Link>
      ))}
    </nav>
  )
}
