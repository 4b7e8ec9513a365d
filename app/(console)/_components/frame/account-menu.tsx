'use client'

import { IconChevronDown, IconLogout, IconSettings } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { signOut } from '@/app/(auth)/sign-out/actions'
import ui from '../ui/ui.module.css'
import classes from './frame.module.css'

/** Who is signed in; their settings and the way out. Opens without scripts too. */
export function AccountMenu({ name, email }: { name: string; email: string }) {
  const menu = useRef<HTMLDivElement>(null)
  const path = usePathname()

  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the menu
  useEffect(() => {
    if (menu.current?.matches(':popover-open')) menu.current.hidePopover()
  }, [path])

  return (
    <>
      <button
        type="button"
        className={`${classes.item} ${classes.account}`}
        popoverTarget="account"
      >
        <span className={classes.avatar} aria-hidden>
          {initials(name)}
        </span>
        <span className={ui.clip}>{name}</span>
        <IconChevronDown size={14} aria-hidden />
      </button>
      <div ref={menu} id="account" popover="auto" className={classes.menu}>
        <div className={classes.who}>
          <strong>{name}</strong>
          <span className={ui.note}>{email}</span>
        </div>
        <Link href="/settings" className={classes.item}>
          <IconSettings size={16} aria-hidden /> Settings
        </Link>
        <form action={signOut}>
          <button type="submit" className={classes.item}>
            <IconLogout size={16} aria-hidden /> Sign out
          </button>
        </form>
      </div>
    </>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined]
  return letters
    .map((word) => [...(word ?? '')].at(0) ?? '')
    .join('')
    .toUpperCase()
}
