import { Box, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Logo } from '../logo'
import classes from './auth.module.css'

/** The frame of every page that one sees signed out. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <Box className={classes.page}>
      <main className={classes.column}>
        <Group gap="xs" justify="center" mb="lg">
          <Logo size={34} />
          <Text component="span" fz={22} fw={650} lh={1}>
            Millrace
          </Text>
        </Group>
        {children}
      </main>
      <Text component="footer" c="dimmed" fz="xs" ta="center">
        Background jobs that are never lost and always explained
      </Text>
    </Box>
  )
}
