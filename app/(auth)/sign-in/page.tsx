import { Alert, Group, Stack } from '@mantine/core'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { safeCallbackPath } from '@/app/_server/auth/callback-url'
import { configuredProviders } from '@/app/_server/auth/providers'
import { currentViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { PasswordField, TextField } from '@/app/form/fields'
import { firstRun } from '@/lib/auth/first-run'
import { config } from '@/lib/config/config'
import { AuthCard } from '../auth-card'
import { ProviderButtons } from '../provider-buttons'
import { TextLink } from '../text-link'
import { signIn } from './actions'
import { errorMessage, notices } from './messages'

export const metadata: Metadata = { title: 'Sign in' }

type Query = { callbackUrl?: string | string[]; error?: string | string[]; notice?: string }

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const callbackPath = safeCallbackPath(query.callbackUrl)
  if (await currentViewer()) redirect(callbackPath)
  const setUp = await firstRun()
  if (setUp === 'no-users') redirect('/setup')

  const error = errorMessage(query.error)
  const notice = notices.get(String(query.notice))
  return (
    <AuthCard title="Sign in" footer={<Footer noAdmin={setUp === 'no-admin'} />}>
      <Stack gap="md">
        {error && (
          <Alert color="red" variant="light" p="sm">
            {error}
          </Alert>
        )}
        {notice && (
          <Alert color="tide" variant="light" p="sm" role="status">
            {notice}
          </Alert>
        )}
        <ProviderButtons providers={configuredProviders()} callbackPath={callbackPath} />
        <ActionForm action={signIn} submit="Sign in" fullWidth>
          <input type="hidden" name="callbackUrl" value={callbackPath} />
          <TextField name="email" label="Email" type="email" autoComplete="username" autoFocus />
          <PasswordField name="password" label="Password" autoComplete="current-password" />
        </ActionForm>
        <Group justify="center">
          <TextLink href="/forgot-password">Forgot your password?</TextLink>
        </Group>
      </Stack>
    </AuthCard>
  )
}

function Footer({ noAdmin }: { noAdmin: boolean }) {
  if (noAdmin) {
    return (
      <>
        This installation has no owner yet. <TextLink href="/setup">Set it up</TextLink>
      </>
    )
  }
  if (config().signUp !== 'open') return null
  return (
    <>
      New here? <TextLink href="/sign-up">Create an account</TextLink>
    </>
  )
}
