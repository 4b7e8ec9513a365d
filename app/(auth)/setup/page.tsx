import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ActionForm } from '@/app/form/action-form'
import { firstRun } from '@/lib/auth/first-run'
import { AuthCard } from '../auth-card'
import { NewAccountFields } from '../new-account-fields'
import { TextLink } from '../text-link'
import { setUp } from './actions'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetupPage() {
  const state = await firstRun()
  if (state === 'done') notFound()
  return (
    <AuthCard
      title="Create the owner account"
      lead="The owner sees every job, manages people and queues, and can make others admins."
      footer={
        state === 'no-admin' && (
          <>
            Have an account? <TextLink href="/sign-in">Sign in</TextLink>
          </>
        )
      }
    >
      <ActionForm action={setUp} submit="Create account and start" fullWidth>
        <NewAccountFields />
      </ActionForm>
    </AuthCard>
  )
}
