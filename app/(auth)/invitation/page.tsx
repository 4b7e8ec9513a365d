import type { Metadata } from 'next'
import { ActionForm } from '@/app/form/action-form'
import { findInvitation } from '@/lib/auth/invitation-links'
import { AuthCard } from '../auth-card'
import { NewAccountFields } from '../new-account-fields'
import { TextLink } from '../text-link'
import { joinByInvitation } from './actions'

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' }

type Query = { token?: string | string[] }

export default async function InvitationPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token } = await searchParams
  const invitation = typeof token === 'string' ? await findInvitation(token) : null
  if (!invitation) {
    return (
      <AuthCard
        title="This invitation no longer works"
        lead="It was used already, was replaced by a newer one, or has expired. Ask for a new one."
        footer={<TextLink href="/sign-in">Go to sign in</TextLink>}
      />
    )
  }
  return (
    <AuthCard title="You are invited" lead="Choose a name and a password to join.">
      <ActionForm action={joinByInvitation} submit="Join" fullWidth>
        <input type="hidden" name="token" value={token} />
        <NewAccountFields email={invitation.email} />
      </ActionForm>
    </AuthCard>
  )
}
