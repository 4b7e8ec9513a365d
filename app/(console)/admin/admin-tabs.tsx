'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import classes from './admin.module.css'

/** The pages of the admin's side; a new one is a line here. `away`: not a page of this frame. */
export const tabs = [
  { href: '/admin', label: 'Overview', away: false },
  { href: '/admin/queues', label: 'Queues', away: true },
  { href: '/admin/pauses', label: 'Pauses', away: false },
  { href: '/admin/alerts', label: 'Alerts', away: false },
  { href: '/admin/users', label: 'Users', away: false },
  { href: '/admin/audit', label: 'Audit log', away: false },
  { href: '/admin/retention', label: 'Retention', away: false },
] as const

export function AdminTabs({ className }: { className: string | undefined }) {
  const path = usePathname()
  return (
    <nav aria-label="Admin" className={className}>
      {tabs.map(({ href, label, away }) => {
        const isBelow = href !== '/admin' && path.startsWith(`${href}/`)
        const current = path === href || isBelow ? 'page' : undefined
        return away ? (
          <a key={href} href={href} className={classes.tab}>
            {label}
          </a>
        ) : (
          <Link key={href} href={href} className={classes.tab} aria-current={current}>
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
