import type { ReactNode } from 'react'
import { PageHeader } from '../_components/ui/page-header'
import ui from '../_components/ui/ui.module.css'
import { SettingsTabs } from './settings-tabs'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Settings" />
      <SettingsTabs />
      <div className={`${ui.stack} ${ui.wide}`}>{children}</div>
    </>
  )
}
