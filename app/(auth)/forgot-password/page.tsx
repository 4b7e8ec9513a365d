import type { Metadata } from 'next'
import { ActionForm } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import { AuthCard } from '../auth-card'
import { TextLink } from '../text-link'
import { mailResetLink } from './actions'

export const metadata: Metadata = { title: 'Forgot password' }

export default function ForgotPasswordPage() {
  return (
    <AuthCard
      title="Forgot your password?"
      lead="Enter the address of your account. We mail you a link to choose a new password."
      footer={<TextLink href="/sign-in">Back to sign in</TextLink>}
    >
      <ActionForm action={mailResetLink} submit="Mail me a link" fullWidth>
        <TextField name="email" label="Email" type="email" autoComplete="username" autoFocus />
      </ActionForm>
    </AuthCard>
  )
}
