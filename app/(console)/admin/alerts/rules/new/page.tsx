import type { Metadata } from 'next'
import { listChannels } from '@/app/_server/alerts/channels'
import { requireAdmin } from '@/app/_server/auth/session'
import type { AlertKind } from '@/lib/alerts/kinds/kind'
import { isKindName, kindNames, kinds } from '@/lib/alerts/kinds/kinds'
import { List, Row } from '../../../../_components/list/list'
import { PageHeader } from '../../../../_components/ui/page-header'
import ui from '../../../../_components/ui/ui.module.css'
import { create } from '../actions'
import { channelChoices, targetChoices } from '../choices'
import { RuleForm } from '../rule-form'

export const metadata: Metadata = { title: 'New alert rule' }

const QUIET_MINUTES = 10

type Props = { searchParams: Promise<{ kind?: string | string[] }> }

export default async function NewRulePage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const name = String((await searchParams).kind ?? '')
  if (!isKindName(name)) return <Kinds />
  const kind: AlertKind = kinds[name]
  const start = {
    kind: name,
    unit: kind.unit,
    name: kind.label,
    target: kind.isAboutJobs ? 'all' : undefined,
    fireAt: kind.fireAt,
    resolveAt: kind.resolveAt,
    windowMinutes: kind.window,
    quietMinutes: QUIET_MINUTES,
    channelIds: null,
  }
  return (
    <div className={ui.narrow}>
      <PageHeader
        title={`New rule: ${kind.label.toLowerCase()}`}
        back={{ href: '/admin/alerts/rules/new', label: 'Other kinds' }}
        lead={kind.description}
      />
      <RuleForm
        action={create}
        submit="Create rule"
        start={start}
        targets={targetChoices}
        channels={channelChoices(await listChannels(admin))}
      />
    </div>
  )
}

function Kinds() {
  return (
    <>
      <PageHeader
        title="New alert rule"
        back={{ href: '/admin/alerts/rules', label: 'Alert rules' }}
        lead="What should it watch?"
      />
      <List label="Kinds">
        {kindNames.map((kind) => (
          <Row
            key={kind}
            title={kinds[kind].label}
            href={`/admin/alerts/rules/new?kind=${kind}`}
            note={<p className={ui.note}>{kinds[kind].description}</p>}
          />
        ))}
      </List>
    </>
  )
}
