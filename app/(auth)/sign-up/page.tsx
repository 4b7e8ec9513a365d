import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { configuredProviders } from '@/app/_server/auth/providers'
import { currentViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { firstRun } from '@/lib/auth/first-run'
import { signUpRefusal } from '@/lib/auth/users'
import { config } from '@/lib/config/config'
import { AuthCard } from '../auth-card'
import { NewAccountFields } from '../new-account-fields'
import { ProviderButtons } from '../provider-buttons'
import { TextLink } from '../text-link'
import { signUpHere } from './actions'

export const metadata: Metadata = { title: 'Create an account' }

export default async function SignUpPage() {
  if (await currentViewer()) redirect('/')
  if ((await firstRun()) !== 'done') redirect('/setup')
  const footer = (
    <>
      Have an account? <TextLink href="/sign-in">Sign in</TextLink>
    </>
  )
  if (config().signUp !== 'open') {
    return <AuthCard title="Create an account" lead={signUpRefusal()} footer={footer} />
  }
  return (
    <AuthCard title="Create an account" footer={footer}>
      <ProviderButtons providers={configuredProviders()} callbackPath="/" />
      <ActionForm action={signUpHere} submit="Create account" fullWidth>
        <NewAccountFields />
      </ActionForm>
    </AuthCard>
  )
}
