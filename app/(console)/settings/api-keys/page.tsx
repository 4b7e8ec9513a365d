import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import { grantableScopes, scopeLabels } from '@/lib/access/scopes'
import { listApiKeys } from '@/lib/auth/api-keys'
import ui from '../../_components/ui/ui.module.css'
import { Section } from '../section'
import { createKey, revokeKey } from './actions'
import { KeyOptions } from './key-options'
import { KeyTable } from './key-table'

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
            Programs use a key in your place: <code>Authorization: Bearer mr_…</code> The{' '}
            <Link href="/api-docs" className={ui.link}>
              API page
            </Link>{' '}
            shows every call, and tries it.
          </>
        }
      >
        <KeyTable
          keys={await listApiKeys(viewer)}
          label="Table of your API keys"
          empty="You have no keys yet. Create the first one below."
          revoke={revokeKey}
        />
      </Section>
      <Section title="New key">
        <ActionForm action={createKey} submit="Create key">
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
