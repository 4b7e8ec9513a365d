'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '../_components/list/tabs'
import { tabs } from './tabs'

/** The ways to the pages of the admin's side. */
export function AdminTabs() {
  const path = usePathname()
  return (
    <Tabs
      label="Admin"
      tabs={tabs.map(({ href, ...tab }) => ({
        ...tab,
        href,
        isCurrent:
          path === href || path.startsWith(href === '/admin' ? '/admin/queue/' : `${href}/`),
      }))}
    />
  )
}
