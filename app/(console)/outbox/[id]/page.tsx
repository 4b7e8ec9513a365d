import type { Metadata } from 'next'
import { cache } from 'react'
import { requireViewer } from '@/app/_server/auth/session'
import { getMail } from '@/lib/mail/outbox'
import { Fact, Facts } from '../../_components/list/facts'
import { Tabs } from '../../_components/list/tabs'
import { orNotFound } from '../../_components/or-not-found'
import { Moment } from '../../_components/time/moment'
import { LinkButton } from '../../_components/ui/button'
import { CodeBlock } from '../../_components/ui/code-block'
import { MailFrame } from '../../_components/ui/mail-frame'
import { PageHeader } from '../../_components/ui/page-header'
import ui from '../../_components/ui/ui.module.css'
import { HiddenLink } from './hidden-link'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ view?: string | string[] }>
}

const mailOf = cache(async (id: string) => orNotFound(getMail(await requireViewer(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await mailOf((await params).id)).subject }
}

export default async function MailPage({ params, searchParams }: Props) {
  const { role } = await requireViewer()
  const mail = await mailOf((await params).id)
  const asText = (await searchParams).view === 'text'
  const here = `/outbox/${mail.id}`
  return (
    <>
      <PageHeader title={mail.subject} back={{ href: '/outbox', label: 'Outbox' }}>
        <LinkButton href={`/jobs/${mail.jobId}`}>Show its job</LinkButton>
      </PageHeader>
      <Facts layout="pairs">
        <Fact name="From">{mail.from}</Fact>
        <Fact name="To">{mail.to}</Fact>
        <Fact name="Message-ID">{mail.messageId}</Fact>
        <Fact name="Kept">
          <Moment at={mail.createdAt.toISOString()} />
        </Fact>
      </Facts>
      {mail.linkHidden && <HiddenLink id={mail.id} to={mail.to} mayShow={role === 'ADMIN'} />}
      <Tabs
        label="Versions of the mail"
        tabs={[
          { href: here, label: 'As its reader sees it', isCurrent: !asText },
          { href: `${here}?view=text`, label: 'Plain text', isCurrent: asText },
        ]}
      />
      {asText ? (
        <CodeBlock text={mail.text} />
      ) : (
        <MailFrame html={mail.html} title={`The mail “${mail.subject}”`} height={680} />
      )}
      <p className={ui.lead}>
        It was not sent: no mail server is configured. With SMTP_URL set, mail like this one goes
        out.
      </p>
    </>
  )
}
