'use client'

import { IconCommand, IconMenu2, IconSearch } from '@tabler/icons-react'
import Form from 'next/form'
import list from '../list/list.module.css'
import { openPalette, usePaletteKeys } from '../palette/open-palette'
import { AccountMenu } from './account-menu'
import { Bell } from './bell'
import classes from './frame.module.css'
import { opensDrawer } from './nav'

/** The field that `/` jumps to. */
export const SEARCH_ID = 'search'

type Props = {
  name: string
  email: string
  /** Notifications. */
  unread: number
  /** Open ones, where one sees them. */
  alerts: number
}

/** Search over all jobs, notifications, and the account. */
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
      <Form action="/jobs" className={`${list.search} ${classes.search}`} role="search">
        <IconSearch size={16} aria-hidden />
        <input
          id={SEARCH_ID}
          type="search"
          className={list.field}
          name="q"
          maxLength={200}
          placeholder="Search jobs"
          aria-label="Search jobs by input, tags or error"
          aria-keyshortcuts="/"
        />
        <button
          type="button"
          className={classes.paletteButton}
          aria-label={`Go anywhere: ${keys}`}
          aria-keyshortcuts="Control+K Meta+K"
          aria-haspopup="dialog"
          title="Go to a page, make something new, find a job"
          onClick={openPalette}
        >
          <kbd>{keys}</kbd>
          <IconCommand size={16} aria-hidden />
        </button>
      </Form>
      <div className={classes.end}>
        <Bell unread={unread} alerts={alerts} />
        <AccountMenu name={name} email={email} />
      </div>
    </header>
  )
}
