'use client'

import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useMounted } from '@mantine/hooks'

const choices = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

/** Light or dark, remembered by this browser. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The server does not know what this browser remembers.
  const value = useMounted() ? colorScheme : 'auto'
  return (
    <SegmentedControl
      aria-label="Appearance"
      data={[...choices]}
      value={value}
      onChange={setColorScheme}
      w="fit-content"
      maw="100%"
    />
  )
}
