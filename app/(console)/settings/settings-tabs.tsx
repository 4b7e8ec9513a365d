'use client'

import { Group } from '@mantine/core'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import classes from './settings.module.css'

const tabs = [
  { href: '/settings', label: 'Profile' },
  { href: '/settings/sessions', label: 'Sessions' },
  { href: '/settings/api-keys', label: 'API keys' },
  { href: '/settings/suppressions', label: 'Suppressed' },
]

/** The pages of the settings; links, so that they open in a new tab too. */
export function SettingsTabs() {
  const path = usePathname()
  return (
    <nav aria-label="Settings">
      <Group gap={0} className={classes.tabs}>
        {tabs.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            className={classes.tab}
            aria-current={path === href ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </Group>
    </nav>
  )
}
