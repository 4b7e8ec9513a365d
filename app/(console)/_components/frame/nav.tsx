'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { Logo } from '@/app/logo'
import { countOf } from '@/lib/format/count'
import ui from '../ui/ui.module.css'
import classes from './frame.module.css'
import { adminItem, navItems, newJob } from './nav-items'

const DRAWER = 'navigation'

/** Sidebar on wide screens, icons alone on middling ones, on small ones a drawer that a button opens. */
export function Nav(props: Omit<LinksProps, 'path'>) {
  const path = usePathname()

  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the drawer
  useEffect(() => {
    const drawer = document.getElementById(DRAWER)
    if (drawer?.matches(':popover-open')) drawer.hidePopover()
  }, [path])

  return (
    <>
      <nav aria-label="Main" className={classes.sidebar}>
        <NavLinks path={path} {...props} />
      </nav>
      <div id={DRAWER} popover="auto" className={classes.drawer}>
        <nav aria-label="Main, as a drawer">
          <NavLinks path={path} {...props} />
        </nav>
      </div>
    </>
  )
}

/** The attribute of the button that opens the drawer; works without scripts. */
export const opensDrawer = { popoverTarget: DRAWER }

type LinksProps = {
  path: string
  isAdmin: boolean
  /** Open ones; the way to them is the admin's entry. */
  alerts: number
}

function NavLinks({ path, isAdmin, alerts }: LinksProps) {
  const items = isAdmin ? [...navItems, adminItem] : navItems
  const NewIcon = newJob.icon
  return (
    <>
      <Link href="/" className={`${classes.item} ${classes.brand}`} aria-label="Millrace">
        <Logo size={24} />
        <span>Millrace</span>
      </Link>
      <Link href={newJob.href} className={`${classes.item} ${classes.newJob}`} title={newJob.label}>
        <NewIcon size={16} stroke={2} aria-hidden />
        <span>{newJob.label}</span>
      </Link>
      {items.map(({ href, label, icon: Icon, below }) => (
        <Link
          key={href}
          href={href}
          className={classes.item}
          title={label}
          aria-current={isAt(path, href, below) ? 'page' : undefined}
        >
          <Icon size={18} stroke={1.7} aria-hidden />
          <span>{label}</span>
          {href === adminItem.href && alerts > 0 && (
            <strong className={classes.tally} title={countOf(alerts, 'open alert')}>
              {alerts}
              <span className={ui.unseen}> open alerts</span>
            </strong>
          )}
        </Link>
      ))}
    </>
  )
}

function isAt(path: string, href: string, below: boolean): boolean {
  if (href === '/jobs' && /^\/(?:errors|batches)(?:\/|$)/.test(path)) return true
  return path === href || (below && path.startsWith(`${href}/`))
}
