import type { Metadata } from 'next'
import { listSessions } from '@/app/_server/auth/own-sessions'
import { requireViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { SESSION_DAYS } from '@/lib/auth/sessions'
import { Section } from '../section'
import { signOutEverywhere, signOutOthers } from './actions'
import { SessionTable } from './session-table'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage() {
  const viewer = await requireViewer()
  const sessions = await listSessions(viewer)
  return (
    <>
      <Section
        title="Where you are signed in"
        lead={`A device stays signed in for ${SESSION_DAYS} days. If you do not know one, sign it out and change your password.`}
      >
        <SessionTable sessions={sessions} currentId={viewer.sessionId} />
        {sessions.length > 1 && (
          <ActionForm action={signOutOthers} submit="Sign out all others" variant="default" />
        )}
      </Section>
      <Section
        title="Sign out everywhere"
        lead="Signs every device out, this one too. API keys go on working."
      >
        <ActionForm action={signOutEverywhere} submit="Sign out everywhere" variant="default" />
      </Section>
    </>
  )
}
