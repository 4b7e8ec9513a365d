import { IconMailOpened } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { validate as isUuid } from 'uuid'
import { requireViewer } from '@/lib/auth/session'
import { config } from '@/lib/config/config'
import { listMails } from '@/lib/mail/outbox'
import { Ago } from '../_components/time/ago'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import page from '../_components/ui/page.module.css'
import { PageHeader } from '../_components/ui/page-header'
import classes from './outbox.module.css'

export const metadata: Metadata = { title: 'Outbox' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<{ cursor?: string | string[] }> }

export default async function OutboxPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const asked = (await searchParams).cursor
  const cursor = isUuid(asked) ? String(asked) : undefined
  const { data, nextCursor } = await listMails(viewer, { limit: PAGE_SIZE, cursor })
  const sends = config().mail.smtpUrl !== undefined
  return (
    <>
      <PageHeader
        title="Outbox"
        lead={
          sends
            ? 'A mail server is configured, so mail leaves at once. Here is what was kept before.'
            : 'No mail server is configured, so mail is kept here instead of being sent. Set SMTP_URL to send it.'
        }
      />
      {data.length === 0 ? (
        <Empty
          icon={<IconMailOpened size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'No more mail' : 'No mail yet'}
          action={
            <LinkButton href="/jobs/new/email" kind="primary">
              New email job
            </LinkButton>
          }
        >
          {sends
            ? 'Mail goes to the mail server; its jobs say what became of it.'
            : 'Each mail a job makes appears here, as its reader would see it.'}
        </Empty>
      ) : (
        <ul className={classes.list} aria-label="Mails, newest first">
          {data.map(({ id, to, subject, createdAt }) => (
            <li key={id}>
              <Link href={`/outbox/${id}`} className={classes.subject} prefetch={false}>
                {subject}
              </Link>
              <span className={classes.to}>to {to}</span>
              <span className={classes.when}>
                <Ago at={createdAt.toISOString()} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {(cursor || nextCursor) && (
        <nav className={page.pager} aria-label="Pages">
          {cursor && (
            <LinkButton href="/outbox" size="small">
              « Newest
            </LinkButton>
          )}
          {nextCursor && (
            <LinkButton href={`/outbox?cursor=${nextCursor}`} size="small">
              Older ›
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}
