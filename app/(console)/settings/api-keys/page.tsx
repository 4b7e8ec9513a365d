import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import { grantableScopes, scopeLabels } from '@/lib/access/scopes'
import { listApiKeys } from '@/lib/auth/api-keys'
import { Section } from '../section'
import { createKey } from './actions'
import { KeyOptions } from './key-options'
import { KeyTable } from './key-table'
import { NewKey } from './new-key'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage() {
  const viewer = await requireViewer()
  const scopes = grantableScopes(viewer.role).map((scope) => ({
    value: scope,
    label: scopeLabels[scope],
  }))
  return (
    <>
      <Section
        title="Your keys"
        lead={
          <>
            Programs use a key in your place: Authorization: Bearer mr_… The{' '}
            <Link href="/api-docs">API page</Link> shows every call, and tries it.
          </>
        }
      >
        <KeyTable keys={await listApiKeys(viewer)} />
      </Section>
      <Section title="New key">
        <ActionForm action={createKey} submit="Create key">
          <NewKey />
          <TextField
            name="name"
            label="Name"
            description="What will use it, such as “Deploy script”."
            autoComplete="off"
          />
          <KeyOptions scopes={scopes} />
        </ActionForm>
      </Section>
    </>
  )
}
