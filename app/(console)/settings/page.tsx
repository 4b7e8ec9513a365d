import { Checkbox } from '@mantine/core'
import type { Metadata } from 'next'
import Link from 'next/link'
import { accountOf } from '@/app/_server/auth/account'
import { configuredProviders } from '@/app/_server/auth/providers'
import { requireViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { PasswordField, TextField } from '@/app/form/fields'
import ui from '../_components/ui/ui.module.css'
import { changeName, changeNotifications, changeOwnPassword } from './actions'
import { Appearance } from './appearance'
import { Connections } from './connections'
import { Section } from './section'

export const metadata: Metadata = { title: 'Settings' }

export default async function ProfilePage() {
  const account = await accountOf(await requireViewer())
  const providers = configuredProviders().map((provider) => ({
    ...provider,
    connected: account.providers.includes(provider.id),
  }))
  return (
    <>
      <Section title="Profile" lead={`You sign in as ${account.email}.`}>
        <ActionForm action={changeName} submit="Save">
          <TextField name="name" label="Name" autoComplete="name" defaultValue={account.name} />
        </ActionForm>
      </Section>
      <Section title="Appearance">
        <Appearance />
      </Section>
      <Section
        title="Notifications"
        lead="The console tells you when a job of yours fails for good, and when a report or a batch is done."
      >
        <ActionForm action={changeNotifications} submit="Save">
          <Checkbox
            name="notifyByMail"
            label={`Tell me by mail too, at ${account.email}`}
            defaultChecked={account.notifyByMail}
          />
        </ActionForm>
      </Section>
      <Section title="Password">
        {account.hasPassword ? (
          <ActionForm action={changeOwnPassword} submit="Change password" clear>
            <input type="hidden" name="username" autoComplete="username" value={account.email} />
            <PasswordField
              name="current"
              label="Current password"
              autoComplete="current-password"
            />
            <PasswordField
              name="password"
              label="New password"
              autoComplete="new-password"
              description="At least 8 characters. Other browsers are signed out."
            />
          </ActionForm>
        ) : (
          <p>
            You have no password. To choose one,{' '}
            <Link href="/forgot-password" className={ui.link}>
              have a link mailed
            </Link>
            .
          </p>
        )}
      </Section>
      {providers.length > 0 && (
        <Section title="Sign in with" lead="Ways to sign in besides the password.">
          <Connections providers={providers} />
        </Section>
      )}
    </>
  )
}
