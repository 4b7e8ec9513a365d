import Link from 'next/link'
import classes from './links.module.css'

type Tab = {
  href: string
  label: string
  isCurrent: boolean
  /** Not a page of this frame. */
  away?: boolean
}

type Props = {
  label: string
  tabs: readonly Tab[]
  look?: 'tabs' | 'pills'
  /** Views of the same page: following one leaves the page where it is scrolled to. */
  inPlace?: boolean
}

/** Pages or views to choose from, as links: they work without scripts and in a new tab. */
export function Tabs({ label, tabs, look = 'tabs', inPlace = false }: Props) {
  return (
    <nav className={classes[look]} aria-label={label}>
      {tabs.map(({ href, label: name, isCurrent, away }) =>
        away ? (
          <a key={href} href={href}>
            {name}
          </a>
        ) : (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent ? 'page' : undefined}
            scroll={!inPlace}
            prefetch={inPlace ? false : null}
          >
            {name}
          </Link>
        ),
      )}
    </nav>
  )
}
