import { IconTrash } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { listChannels } from '@/app/_server/alerts/channels'
import { getRule, type Rule } from '@/app/_server/alerts/rules'
import { requireAdmin } from '@/app/_server/auth/session'
import { findKind } from '@/lib/alerts/kinds/kinds'
import { orNotFound } from '../../../../_components/or-not-found'
import { ActionButton } from '../../../../_components/ui/action-button'
import { ConfirmButton } from '../../../../_components/ui/confirm-button'
import { PageHeader } from '../../../../_components/ui/page-header'
import ui from '../../../../_components/ui/ui.module.css'
import { change, remove, turn } from '../actions'
import { channelChoices, targetChoices } from '../choices'
import { RuleForm } from '../rule-form'

export const metadata: Metadata = { title: 'Alert rule' }

type Props = { params: Promise<{ id: string }> }

export default async function RulePage({ params }: Props) {
  const admin = await requireAdmin()
  const rule = await orNotFound(getRule(admin, (await params).id))
  const kind = findKind(rule.kind)
  return (
    <div className={ui.narrow}>
      <PageHeader
        title={rule.name}
        back={{ href: '/admin/alerts/rules', label: 'Alert rules' }}
        lead={kind?.description ?? 'Of another version of the program: it is not evaluated.'}
      >
        <ActionButton action={turn} fields={{ id: rule.id, enabled: `${!rule.enabled}` }}>
          {rule.enabled ? 'Switch off' : 'Switch on'}
        </ActionButton>
        <ConfirmButton
          action={remove}
          fields={{ id: rule.id }}
          icon={<IconTrash size={16} aria-hidden />}
          aria-label="Delete"
          title={`Delete “${rule.name}”?`}
          consequence="Nothing is watched by it any more. What it has open is closed, and its channels hear of that; the history stays."
          confirm="Delete rule"
        />
      </PageHeader>
      {kind && (
        <RuleForm
          action={change}
          submit="Save rule"
          start={startOf(rule, kind)}
          targets={targetChoices}
          channels={channelChoices(await listChannels(admin))}
        />
      )}
    </div>
  )
}

function startOf(rule: Rule, kind: NonNullable<ReturnType<typeof findKind>>) {
  const { id, name, scope, target, fireAt, resolveAt, quietMinutes, channelIds } = rule
  const watched = scope === 'ALL' ? 'all' : `${scope.toLowerCase()}:${target}`
  return {
    id,
    kind: rule.kind,
    unit: kind.unit,
    name,
    target: kind.isAboutJobs ? watched : undefined,
    fireAt,
    resolveAt,
    windowMinutes: kind.window && (rule.windowMinutes ?? kind.window),
    quietMinutes,
    channelIds,
  }
}
