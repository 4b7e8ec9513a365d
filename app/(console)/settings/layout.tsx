import { Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { SettingsTabs } from './settings-tabs'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <Stack gap="lg" maw={860}>
      <Title order={1}>Settings</Title>
      <SettingsTabs />
      {children}
    </Stack>
  )
}
