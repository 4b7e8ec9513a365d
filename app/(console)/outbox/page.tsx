import { IconMailOpened } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { ownersOf } from '@/lib/access/names'
import { config } from '@/lib/config/config'
import { listMails } from '@/lib/mail/outbox'
import { cursorOf, type SearchParams } from '../_components/list/href'
import { Cell, List, Row } from '../_components/list/list'
import { Pager } from '../_components/list/pager'
import { Ago } from '../_components/time/ago'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import ui from '../_components/ui/ui.module.css'

export const metadata: Metadata = { title: 'Outbox' }

const PAGE_SIZE = 30

type Props = { searchParams: Promise<SearchParams> }

export default async function OutboxPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const cursor = cursorOf(await searchParams)
  const { data, nextCursor } = await listMails(viewer, { limit: PAGE_SIZE, cursor })
  const owners = await ownersOf(viewer, data)
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
        <List label="Mails, newest first">
          {data.map(({ id, to, subject, ownerId, createdAt }) => (
            <Row
              key={id}
              title={subject}
              href={`/outbox/${id}`}
              note={owners.size > 0 && <p className={ui.note}>{owners.get(ownerId) ?? 'System'}</p>}
            >
              <Cell width="wide">
                <span className={ui.clip}>to {to}</span>
              </Cell>
              <Cell end>
                <Ago at={createdAt.toISOString()} />
              </Cell>
            </Row>
          ))}
        </List>
      )}
      <Pager path="/outbox" cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}
