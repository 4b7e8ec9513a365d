import type { Metadata } from 'next'
import { ActionForm } from '@/app/form/action-form'
import { readUnsubscribeToken } from '@/lib/suppressions/unsubscribe'
import { AuthCard } from '../auth-card'
import { stopMail } from './actions'

export const metadata: Metadata = { title: 'Unsubscribe' }

type Props = { searchParams: Promise<{ token?: string | string[]; done?: string }> }

export default async function UnsubscribePage({ searchParams }: Props) {
  const { token, done } = await searchParams
  const optOut = typeof token === 'string' ? readUnsubscribeToken(token) : null
  if (!optOut) {
    return (
      <AuthCard
        title="This link does not work"
        lead="It is not complete. Copy all of it from the mail, or answer the mail instead."
      />
    )
  }
  if (done !== undefined) {
    return (
      <AuthCard
        title="You are unsubscribed"
        lead={`${optOut.email} gets no more of this mail. What was on its way already may still arrive.`}
      />
    )
  }
  return (
    <AuthCard
      title="Unsubscribe?"
      lead={`${optOut.email} will get no more mail of this sender. Mail about your password still comes.`}
    >
      <ActionForm action={stopMail} submit="Unsubscribe" fullWidth>
        <input type="hidden" name="token" value={String(token)} />
      </ActionForm>
    </AuthCard>
  )
}
