import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './settings.module.css'

type Props = { title: string; lead?: ReactNode; children: ReactNode }

/** One subject of a settings page. */
export function Section({ title, lead, children }: Props) {
  return (
    <section className={classes.section}>
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2}>{title}</Title>
          {lead && <Text c="dimmed">{lead}</Text>}
        </Stack>
        {children}
      </Stack>
    </section>
  )
}
