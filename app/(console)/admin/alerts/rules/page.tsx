import { IconBellCog, IconPlus } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { listChannels } from '@/lib/alerts/channels'
import { listRules } from '@/lib/alerts/rules'
import { requireAdmin } from '@/lib/auth/session'
import { ActionButton } from '../../../_components/ui/action-button'
import { LinkButton } from '../../../_components/ui/button'
import { Empty } from '../../../_components/ui/empty'
import { PageHeader } from '../../../_components/ui/page-header'
import classes from '../alerts.module.css'
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
        <ul className={classes.rows} aria-label="Rules">
          {rules.map((rule) => (
            <li key={rule.id}>
              <div className={classes.what}>
                <Link
                  href={`/admin/alerts/rules/${rule.id}`}
                  className={classes.name}
                  prefetch={false}
                >
                  {rule.name}
                </Link>
                <p>{ruleWords(rule)}</p>
                <p>{channelWords(rule.channelIds, channels)}</p>
              </div>
              <span>
                <OnOff enabled={rule.enabled} />
              </span>
              <div className={classes.buttons}>
                <ActionButton
                  action={turn}
                  fields={{ id: rule.id, enabled: `${!rule.enabled}` }}
                  size="small"
                  aria-label={`Switch ${rule.enabled ? 'off' : 'on'}: ${rule.name}`}
                >
                  {rule.enabled ? 'Switch off' : 'Switch on'}
                </ActionButton>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
