import { IconShieldCheck } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { validate as isUuid } from 'uuid'
import { listAlertHistory, listOpenAlerts } from '@/lib/alerts/list'
import { listRules } from '@/lib/alerts/rules'
import { requireAdmin } from '@/lib/auth/session'
import { countOf } from '@/lib/format/count'
import { KeepFresh } from '../../_components/live/keep-fresh'
import { LinkButton } from '../../_components/ui/button'
import page from '../../_components/ui/page.module.css'
import { PageHeader } from '../../_components/ui/page-header'
import { AlertRow } from './alert-row'
import classes from './alerts.module.css'

export const metadata: Metadata = { title: 'Alerts' }

const PAGE_SIZE = 25

type Props = { searchParams: Promise<{ cursor?: string | string[] }> }

export default async function AlertsPage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const asked = (await searchParams).cursor
  const cursor = isUuid(asked) ? String(asked) : undefined
  const [open, { data, nextCursor }, rules] = await Promise.all([
    listOpenAlerts(admin),
    listAlertHistory(admin, { limit: PAGE_SIZE, cursor }),
    listRules(admin),
  ])
  const watching = rules.filter(({ enabled }) => enabled).length
  return (
    <>
      {!cursor && <KeepFresh />}
      <PageHeader
        title="Alerts"
        lead="Each is told once when it fires, and once when it is over; in between it stays quiet."
      >
        <LinkButton href="/admin/alerts/rules">Rules</LinkButton>
        <LinkButton href="/admin/alerts/channels">Channels</LinkButton>
      </PageHeader>
      <section aria-labelledby="open">
        <div className={page.sectionHead}>
          <h2 id="open">Open</h2>
        </div>
        {open.length === 0 ? (
          <p className={classes.well}>
            <IconShieldCheck size={20} stroke={1.7} aria-hidden />
            {watching > 0
              ? `Nothing is wrong. ${countOf(watching, 'rule')} ${watching === 1 ? 'watches' : 'watch'}.`
              : 'No rule is on, so nothing is watched.'}
          </p>
        ) : (
          <ul className={classes.list} aria-label="Open alerts, newest first">
            {open.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </ul>
        )}
      </section>
      <section className={page.section} aria-labelledby="history">
        <div className={page.sectionHead}>
          <h2 id="history">History</h2>
        </div>
        {data.length === 0 ? (
          <p className={classes.nothing}>{cursor ? 'Nothing older.' : 'No alert is over yet.'}</p>
        ) : (
          <ul className={classes.list} aria-label="Alerts that are over, newest first">
            {data.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </ul>
        )}
        {(cursor || nextCursor) && (
          <nav className={page.pager} aria-label="Pages">
            {cursor && (
              <LinkButton href="/admin/alerts" size="small">
                « Newest
              </LinkButton>
            )}
            {nextCursor && (
              <LinkButton href={`/admin/alerts?cursor=${nextCursor}`} size="small">
                Older ›
              </LinkButton>
            )}
          </nav>
        )}
      </section>
    </>
  )
}
