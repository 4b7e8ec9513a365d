'use client'

import { Button, Group, Text } from '@mantine/core'

type Provider = { id: string; label: string; connected: boolean }

/** Which providers lead into this account, and connecting another. */
export function Connections({ providers }: { providers: Provider[] }) {
  async function connect(provider: string) {
    const { signIn } = await import('next-auth/react')
    await signIn(provider, { callbackUrl: '/settings' })
  }

  return providers.map(({ id, label, connected }) => (
    <Group key={id} justify="space-between">
      <Text>{label}</Text>
      {connected ? (
        <Text c="dimmed">Connected</Text>
      ) : (
        <Button variant="default" onClick={() => connect(id)}>
          Connect
        </Button>
      )}
    </Group>
  ))
}
