import type { ReactNode } from 'react'
import { requireAdmin } from '@/app/_server/auth/session'
import { AdminTabs } from './admin-tabs'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireAdmin()
  return (
    <>
      <AdminTabs />
      {children}
    </>
  )
}
