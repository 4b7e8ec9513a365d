import { IconShieldCheck } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { listAlertHistory, listOpenAlerts } from '@/app/_server/alerts/list'
import { listRules } from '@/app/_server/alerts/rules'
import { requireAdmin } from '@/app/_server/auth/session'
import { countOf } from '@/lib/format/count'
import { cursorOf, type SearchParams } from '../../_components/list/href'
import { List } from '../../_components/list/list'
import { Pager } from '../../_components/list/pager'
import { KeepFresh } from '../../_components/live/keep-fresh'
import { LinkButton } from '../../_components/ui/button'
import { PageHeader } from '../../_components/ui/page-header'
import { Section } from '../../_components/ui/section'
import ui from '../../_components/ui/ui.module.css'
import { AlertRow } from './alert-row'

export const metadata: Metadata = { title: 'Alerts' }

const PAGE_SIZE = 25

type Props = { searchParams: Promise<SearchParams> }

export default async function AlertsPage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const cursor = cursorOf(await searchParams)
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
        lead="Channels are notified once when an alert fires, and once when it is over."
      >
        <LinkButton href="/admin/alerts/rules">Rules</LinkButton>
        <LinkButton href="/admin/alerts/channels">Channels</LinkButton>
      </PageHeader>
      <Section id="open" title="Open">
        {open.length === 0 ? (
          <p className={ui.notice}>
            <IconShieldCheck size={20} stroke={1.7} aria-hidden data-status="completed" />
            {watching > 0
              ? `All is well: ${countOf(watching, 'rule')} ${watching === 1 ? 'is' : 'are'} watching.`
              : 'No rule is on, so nothing is being watched.'}
          </p>
        ) : (
          <List label="Open alerts, newest first">
            {open.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </List>
        )}
      </Section>
      <Section id="history" title="History">
        {data.length === 0 ? (
          <p className={ui.nothing}>{cursor ? 'Nothing older.' : 'No alert is over yet.'}</p>
        ) : (
          <List label="Alerts that are over, newest first">
            {data.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </List>
        )}
        <Pager path="/admin/alerts" cursor={cursor} nextCursor={nextCursor} />
      </Section>
    </>
  )
}
