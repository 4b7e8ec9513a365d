'use client'

import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { openPalette, usePaletteKeys } from '../palette/open-palette'
import { AccountMenu } from './account-menu'
import { Bell } from './bell'
import classes from './frame.module.css'
import { opensDrawer } from './nav'

type Props = {
  name: string
  email: string
  /** Notifications. */
  unread: number
  /** Open ones, where one sees them. */
  alerts: number
}

/** The way to the palette, notifications, and the account. */
export function TopLine({ name, email, unread, alerts }: Props) {
  const keys = usePaletteKeys()
  return (
    <header className={classes.top}>
      <button
        type="button"
        className={`${classes.item} ${classes.menuButton}`}
        aria-label="Open the menu"
        {...opensDrawer}
      >
        <IconMenu2 size={20} aria-hidden />
      </button>
      <button
        type="button"
        className={classes.search}
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={openPalette}
      >
        <IconSearch size={16} aria-hidden />
        <span>Go anywhere or search</span>
        <kbd>{keys}</kbd>
      </button>
      <div className={classes.end}>
        <Bell unread={unread} alerts={alerts} />
        <AccountMenu name={name} email={email} />
      </div>
    </header>
  )
}
