'use client'

import { Button, Divider, Stack } from '@mantine/core'
import { IconBrandGithub, IconBrandGoogle } from '@tabler/icons-react'

type Provider = { id: 'github' | 'google'; label: string }

const icons = { github: IconBrandGithub, google: IconBrandGoogle }

/** Signing in through the providers the operator configured. */
export function ProviderButtons({
  providers,
  callbackPath,
}: {
  providers: Provider[]
  callbackPath: string
}) {
  if (providers.length === 0) return null

  async function start(provider: Provider['id']) {
    const { signIn } = await import('next-auth/react')
    await signIn(provider, { callbackUrl: callbackPath })
  }

  return (
    <Stack gap="sm">
      {providers.map(({ id, label }) => {
        const Icon = icons[id]
        return (
          <Button
            key={id}
            variant="default"
            fullWidth
            leftSection={<Icon size={18} aria-hidden />}
            onClick={() => start(id)}
          >
            Continue with {label}
          </Button>
        )
      })}
      <Divider label="or" />
    </Stack>
  )
}
