import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './auth.module.css'

type Props = { title: string; lead?: ReactNode; children?: ReactNode; footer?: ReactNode }

/** The card in the middle: what to do here, the form, and where else to go. */
export function AuthCard({ title, lead, children, footer }: Props) {
  return (
    <>
      <div className={classes.card}>
        <Stack gap="lg">
          <Stack gap={4}>
            <Title order={1}>{title}</Title>
            {lead && <Text c="dimmed">{lead}</Text>}
          </Stack>
          {children}
        </Stack>
      </div>
      {footer && (
        <Text ta="center" mt="md" c="dimmed">
          {footer}
        </Text>
      )}
    </>
  )
}
