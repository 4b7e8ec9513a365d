import Link from 'next/link'
import classes from '../new.module.css'

const tabs = [
  { name: 'one', href: '/jobs/new/email', label: 'One person' },
  { name: 'list', href: '/jobs/new/email/list', label: 'A list of people' },
] as const

/** One mail, or one for each person on a list. */
export function EmailTabs({ current }: { current: (typeof tabs)[number]['name'] }) {
  return (
    <nav className={classes.tabs} aria-label="Whom to mail">
      {tabs.map(({ name, href, label }) => (
        <Link key={name} href={href} aria-current={name === current ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
