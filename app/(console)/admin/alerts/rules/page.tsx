import { IconBellCog, IconPlus } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { listChannels } from '@/app/_server/alerts/channels'
import { listRules } from '@/app/_server/alerts/rules'
import { requireAdmin } from '@/app/_server/auth/session'
import { List, Row } from '../../../_components/list/list'
import { ActionButton } from '../../../_components/ui/action-button'
import { LinkButton } from '../../../_components/ui/button'
import { Empty } from '../../../_components/ui/empty'
import { PageHeader } from '../../../_components/ui/page-header'
import ui from '../../../_components/ui/ui.module.css'
import { OnOff } from '../on-off'
import { channelWords, ruleWords } from '../words'
import { turn } from './actions'

export const metadata: Metadata = { title: 'Alert rules' }

export default async function RulesPage() {
  const admin = await requireAdmin()
  const [rules, channels] = await Promise.all([listRules(admin), listChannels(admin)])
  const add = (
    <LinkButton
      href="/admin/alerts/rules/new"
      kind="primary"
      icon={<IconPlus size={16} aria-hidden />}
    >
      New rule
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Alert rules"
        back={{ href: '/admin/alerts', label: 'Alerts' }}
        lead="What is watched, when it fires, and when it is over."
      >
        {rules.length > 0 && add}
      </PageHeader>
      {rules.length === 0 ? (
        <Empty
          icon={<IconBellCog size={32} stroke={1.4} aria-hidden />}
          title="Nothing is watched"
          action={add}
        >
          A rule tells you when jobs fail or wait, workers vanish, schedules are missed, or a disk
          fills up.
        </Empty>
      ) : (
        <List label="Rules">
          {rules.map((rule) => (
            <Row
              key={rule.id}
              title={rule.name}
              href={`/admin/alerts/rules/${rule.id}`}
              note={
                <>
                  <p className={ui.note}>{ruleWords(rule)}</p>
                  <p className={ui.note}>{channelWords(rule.channelIds, channels)}</p>
                </>
              }
            >
              <OnOff enabled={rule.enabled} />
              <ActionButton
                action={turn}
                fields={{ id: rule.id, enabled: `${!rule.enabled}` }}
                size="small"
                aria-label={`Switch ${rule.enabled ? 'off' : 'on'}: ${rule.name}`}
              >
                {rule.enabled ? 'Switch off' : 'Switch on'}
              </ActionButton>
            </Row>
          ))}
        </List>
      )}
    </>
  )
}
