import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { DEFAULT_STAGGER_MS } from '@/app/_server/mail-list/send'
import { catalog } from '@/lib/jobs/catalog'
import { previewMail } from '@/lib/mail/render'
import { openTemplates, templates } from '@/lib/mail/template-names'
import { PageHeader } from '../../../../_components/ui/page-header'
import { EmailTabs } from '../email-tabs'
import { ListForm } from './list-form'

export const metadata: Metadata = { title: 'Mail a list' }

const FIRST = 'notice'

export default async function MailListPage() {
  await requireViewer()
  return (
    <>
      <PageHeader title="Mail a list" back={{ href: '/jobs/new', label: 'New job' }} />
      <EmailTabs current="list" />
      <ListForm
        templates={openTemplates.map((name) => ({ name, ...templates[name] }))}
        start={{
          status: 'new',
          errors: {},
          values: { template: FIRST, staggerMs: String(DEFAULT_STAGGER_MS) },
        }}
        rateLimit={catalog.email.declaredQueue.rateLimit}
        firstPreview={await previewMail({ template: FIRST })}
      />
    </>
  )
}
