import type { ReactNode } from 'react'
import { requireAdmin } from '@/lib/auth/session'
import classes from './admin.module.css'
import { AdminTabs } from './admin-tabs'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireAdmin()
  return (
    <>
      <AdminTabs className={classes.tabs} />
      {children}
    </>
  )
}
