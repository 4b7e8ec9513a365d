import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { config } from '@/lib/config/config'
import { PageHeader } from '../../../_components/ui/page-header'
import ui from '../../../_components/ui/ui.module.css'
import { InviteForm } from './invite-form'

export const metadata: Metadata = { title: 'Invite' }

export default async function InvitePage() {
  await requireAdmin()
  const mails = config().mail.smtpUrl !== undefined
  return (
    <>
      <PageHeader
        title="Invite somebody"
        back={{ href: '/admin/users', label: 'Users' }}
        lead={
          mails
            ? 'They get a mail with a link to join. You see the link too, once.'
            : 'You get a link to hand over. No mail is sent, since no SMTP server is configured.'
        }
      />
      <div className={ui.narrow}>
        <InviteForm />
      </div>
    </>
  )
}
