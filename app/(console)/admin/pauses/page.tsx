import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { formatUpTo } from '@/lib/format/count'
import { HELD_UP_TO, listPauses } from '@/lib/jobs/pauses/list'
import { Cell, List, Row } from '../../_components/list/list'
import { KeepFresh } from '../../_components/live/keep-fresh'
import { Moment } from '../../_components/time/moment'
import { ActionButton } from '../../_components/ui/action-button'
import { LinkButton } from '../../_components/ui/button'
import { Empty } from '../../_components/ui/empty'
import { PageHeader } from '../../_components/ui/page-header'
import ui from '../../_components/ui/ui.module.css'
import { resume } from './actions'

export const metadata: Metadata = { title: 'Pauses' }

export default async function PausesPage() {
  const pauses = await listPauses(await requireAdmin())
  const add = (
    <LinkButton
      href="/admin/pauses/new"
      kind="primary"
      icon={<IconPlayerPause size={16} aria-hidden />}
    >
      Pause jobs
    </LinkButton>
  )
  return (
    <>
      <KeepFresh />
      <PageHeader
        title="Pauses"
        lead="Jobs of a type, of a person or with a tag that do not start for now. All others go on."
      >
        {pauses.length > 0 && add}
      </PageHeader>
      {pauses.length === 0 ? (
        <Empty
          icon={<IconPlayerPause size={32} stroke={1.4} aria-hidden />}
          title="Nothing is paused"
          action={add}
        >
          While a receiver is down or a fault is being mended, let the jobs it concerns wait instead
          of failing.
        </Empty>
      ) : (
        <List label="Pauses">
          {pauses.map(({ id, subject, until, reason, held, by, createdAt }) => (
            <Row
              key={id}
              title={<strong>{subject}</strong>}
              note={
                <>
                  <p className={ui.note}>
                    Until {until ? <Moment at={until} /> : 'somebody resumes them'}. {reason}
                  </p>
                  <p className={ui.note}>
                    Since <Moment at={createdAt} />
                    {by && `, by ${by}`}
                  </p>
                </>
              }
            >
              <Cell>{formatUpTo(held, HELD_UP_TO)} held</Cell>
              <ActionButton
                action={resume}
                fields={{ id }}
                size="small"
                icon={<IconPlayerPlay size={15} aria-hidden />}
                aria-label={`Resume: ${subject}`}
              >
                Resume
              </ActionButton>
            </Row>
          ))}
        </List>
      )}
    </>
  )
}
