import type { Metadata } from 'next'
import { ActionForm } from '@/app/form/action-form'
import { PasswordField } from '@/app/form/fields'
import { isResetTokenOpen } from '@/lib/auth/password-reset'
import { AuthCard } from '../auth-card'
import { TextLink } from '../text-link'
import { chooseNewPassword } from './actions'

export const metadata: Metadata = { title: 'Choose a new password', referrer: 'no-referrer' }

type Query = { token?: string | string[] }

export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<Query>
}) {
  const { token } = await searchParams
  if (typeof token !== 'string' || !(await isResetTokenOpen(token))) {
    return (
      <AuthCard
        title="This link no longer works"
        lead="It was used already, a newer one was mailed, or 30 minutes have passed."
        footer={<TextLink href="/forgot-password">Ask for a new link</TextLink>}
      />
    )
  }
  return (
    <AuthCard
      title="Choose a new password"
      lead="Every browser that is signed in to your account will be signed out, your API keys stop working, and connected GitHub and Google accounts are disconnected."
    >
      <ActionForm action={chooseNewPassword} submit="Change password" fullWidth>
        <input type="hidden" name="token" value={token} />
        <PasswordField
          name="password"
          label="New password"
          autoComplete="new-password"
          description="At least 8 characters. A few words work best."
          autoFocus
        />
      </ActionForm>
    </AuthCard>
  )
}
