import { IconPlus, IconSend, IconSpeakerphone } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { listChannels } from '@/app/_server/alerts/channels'
import { requireAdmin } from '@/app/_server/auth/session'
import { List, Row } from '../../../_components/list/list'
import { ActionButton } from '../../../_components/ui/action-button'
import { LinkButton } from '../../../_components/ui/button'
import { Empty } from '../../../_components/ui/empty'
import { PageHeader } from '../../../_components/ui/page-header'
import ui from '../../../_components/ui/ui.module.css'
import { OnOff } from '../on-off'
import { channelKinds, placeWords } from '../words'
import { test } from './actions'

export const metadata: Metadata = { title: 'Alert channels' }

export default async function ChannelsPage() {
  const admin = await requireAdmin()
  const channels = await listChannels(admin)
  const add = (
    <LinkButton
      href="/admin/alerts/channels/new"
      kind="primary"
      icon={<IconPlus size={16} aria-hidden />}
    >
      New channel
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Alert channels"
        back={{ href: '/admin/alerts', label: 'Alerts' }}
        lead="Where alerts are told, and that they are over."
      >
        {channels.length > 0 && add}
      </PageHeader>
      {channels.length === 0 ? (
        <Empty
          icon={<IconSpeakerphone size={32} stroke={1.4} aria-hidden />}
          title="Nobody is told"
          action={add}
        >
          Alerts are only shown in the console until there is a channel: mail, a signed webhook, or
          what takes messages as Slack does.
        </Empty>
      ) : (
        <List label="Channels">
          {channels.map((channel) => (
            <Row
              key={channel.id}
              title={channel.name}
              href={`/admin/alerts/channels/${channel.id}`}
              note={
                <p className={ui.note}>
                  {channelKinds[channel.kind].label} · {placeWords(channel)}
                </p>
              }
            >
              <OnOff enabled={channel.enabled} />
              <ActionButton
                action={test}
                fields={{ id: channel.id }}
                size="small"
                disabled={!channel.enabled}
                icon={<IconSend size={14} aria-hidden />}
                aria-label={`Send test: ${channel.name}`}
              >
                Send test
              </ActionButton>
            </Row>
          ))}
        </List>
      )}
    </>
  )
}
