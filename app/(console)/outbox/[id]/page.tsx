import type { Metadata } from 'next'
import Link from 'next/link'
import { cache } from 'react'
import { requireViewer } from '@/lib/auth/session'
import { getMail } from '@/lib/mail/outbox'
import { orNotFound } from '../../_components/or-not-found'
import { Moment } from '../../_components/time/moment'
import { LinkButton } from '../../_components/ui/button'
import { MailFrame } from '../../_components/ui/mail-frame'
import page from '../../_components/ui/page.module.css'
import { PageHeader } from '../../_components/ui/page-header'
import classes from '../outbox.module.css'
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
  const headers = [
    { name: 'From', value: mail.from },
    { name: 'To', value: mail.to },
    { name: 'Message-ID', value: mail.messageId },
  ]
  return (
    <>
      <PageHeader title={mail.subject} back={{ href: '/outbox', label: 'Outbox' }}>
        <LinkButton href={`/jobs/${mail.jobId}`}>Show its job</LinkButton>
      </PageHeader>
      <dl className={classes.headers}>
        {headers.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Kept</dt>
          <dd>
            <Moment at={mail.createdAt.toISOString()} />
          </dd>
        </div>
      </dl>
      {mail.linkHidden && <HiddenLink id={mail.id} to={mail.to} mayShow={role === 'ADMIN'} />}
      <nav className={classes.views} aria-label="Versions of the mail">
        <Link href={`/outbox/${mail.id}`} aria-current={asText ? undefined : 'page'}>
          As its reader sees it
        </Link>
        <Link href={`/outbox/${mail.id}?view=text`} aria-current={asText ? 'page' : undefined}>
          Plain text
        </Link>
      </nav>
      {asText ? (
        <pre className={classes.text}>{mail.text}</pre>
      ) : (
        <MailFrame html={mail.html} title={`The mail “${mail.subject}”`} height={680} />
      )}
      <p className={page.lead}>
        It was not sent: no mail server is configured. With SMTP_URL set, mail like this one goes
        out.
      </p>
    </>
  )
}
