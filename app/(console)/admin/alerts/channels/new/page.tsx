import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { List, Row } from '../../../../_components/list/list'
import { PageHeader } from '../../../../_components/ui/page-header'
import ui from '../../../../_components/ui/ui.module.css'
import { channelKinds } from '../../words'
import { create } from '../actions'
import { ChannelForm } from '../channel-form'

export const metadata: Metadata = { title: 'New alert channel' }

type Kind = keyof typeof channelKinds
type Props = { searchParams: Promise<{ kind?: string | string[] }> }

const kinds: readonly Kind[] = ['MAIL', 'WEBHOOK', 'SLACK']

export default async function NewChannelPage({ searchParams }: Props) {
  await requireAdmin()
  const asked = (await searchParams).kind
  const kind = kinds.find((each) => each.toLowerCase() === asked)
  if (!kind) return <Kinds />
  const { label, description } = channelKinds[kind]
  const start = { kind, name: '', allAdmins: false, recipients: [], url: '' }
  return (
    <div className={ui.narrow}>
      <PageHeader
        title={`New channel: ${label}`}
        back={{ href: '/admin/alerts/channels/new', label: 'Other kinds' }}
        lead={description}
      />
      <ChannelForm action={create} submit="Add channel" start={start} />
    </div>
  )
}

function Kinds() {
  return (
    <>
      <PageHeader
        title="New alert channel"
        back={{ href: '/admin/alerts/channels', label: 'Alert channels' }}
        lead="How should it tell?"
      />
      <List label="Kinds">
        {kinds.map((kind) => (
          <Row
            key={kind}
            title={channelKinds[kind].label}
            href={`/admin/alerts/channels/new?kind=${kind.toLowerCase()}`}
            note={<p className={ui.note}>{channelKinds[kind].description}</p>}
          />
        ))}
      </List>
    </>
  )
}
