'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '../_components/list/tabs'

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
    <Tabs
      label="Settings"
      tabs={tabs.map(({ href, label }) => ({ href, label, isCurrent: path === href }))}
    />
  )
}
