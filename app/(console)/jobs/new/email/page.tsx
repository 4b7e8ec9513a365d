import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import { catalog } from '@/lib/jobs/catalog'
import { previewMail } from '@/lib/mail/render'
import { openTemplates, templateNames } from '@/lib/mail/template-names'
import { PageHeader } from '../../../_components/ui/page-header'
import { duplicateOf } from '../duplicate-of'
import { optionsOf } from '../options'
import { EmailForm } from './email-form'
import { EmailTabs } from './email-tabs'
import { emptyMail, type MailValues, sendable } from './mail-values'

export const metadata: Metadata = { title: 'New email' }

type Props = { searchParams: Promise<{ from?: string | string[] }> }

export default async function NewEmailPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const original = await duplicateOf(viewer, 'email', (await searchParams).from)
  const names = viewer.role === 'ADMIN' ? templateNames : openTemplates
  const parsed = catalog.email.input.safeParse(original?.input)
  const values: MailValues =
    parsed.success && names.includes(parsed.data.template)
      ? {
          template: parsed.data.template,
          to: parsed.data.to,
          subject: parsed.data.subject ?? '',
          variables: Object.fromEntries(
            Object.entries(parsed.data.variables).map(([name, value]) => [name, String(value)]),
          ),
        }
      : emptyMail
  return (
    <>
      <PageHeader
        title={original ? 'Duplicate email' : 'New email'}
        back={{ href: '/jobs/new', label: 'New job' }}
      />
      {!original && <EmailTabs current="one" />}
      <EmailForm
        start={values}
        names={names}
        options={original ? optionsOf(original) : undefined}
        originalId={original?.id}
        firstPreview={await previewMail(sendable(values))}
      />
    </>
  )
}
