'use client'

import { PlainButton } from '../_components/ui/button'
import ui from '../_components/ui/ui.module.css'

type Provider = { id: string; label: string; connected: boolean }

/** Which providers lead into this account, and connecting another. */
export function Connections({ providers }: { providers: Provider[] }) {
  async function connect(provider: string) {
    const { signIn } = await import('next-auth/react')
    await signIn(provider, { callbackUrl: '/settings' })
  }

  return providers.map(({ id, label, connected }) => (
    <div key={id} className={`${ui.line} ${ui.apart}`}>
      {label}
      {connected ? (
        <span className={ui.dim}>Connected</span>
      ) : (
        <PlainButton onClick={() => connect(id)}>Connect</PlainButton>
      )}
    </div>
  ))
}
