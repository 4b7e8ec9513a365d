import { IconSend, IconTrash } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { getChannel } from '@/app/_server/alerts/channels'
import { requireAdmin } from '@/app/_server/auth/session'
import { orNotFound } from '../../../../_components/or-not-found'
import { ActionButton } from '../../../../_components/ui/action-button'
import { ConfirmButton } from '../../../../_components/ui/confirm-button'
import { PageHeader } from '../../../../_components/ui/page-header'
import ui from '../../../../_components/ui/ui.module.css'
import { RotateSecret } from '../../../../webhooks/rotate-secret'
import { channelKinds } from '../../words'
import { change, remove, rotate, test, turn } from '../actions'
import { ChannelForm } from '../channel-form'

export const metadata: Metadata = { title: 'Alert channel' }

type Props = { params: Promise<{ id: string }> }

export default async function ChannelPage({ params }: Props) {
  const admin = await requireAdmin()
  const channel = await orNotFound(getChannel(admin, (await params).id))
  const { id, kind, name, enabled, allAdmins, recipients, url, host } = channel
  const { label, description } = channelKinds[kind]
  return (
    <div className={ui.narrow}>
      <PageHeader
        title={name}
        back={{ href: '/admin/alerts/channels', label: 'Alert channels' }}
        lead={kind === 'SLACK' ? `${label}, at ${host}` : description}
      >
        <ActionButton
          action={test}
          fields={{ id }}
          disabled={!enabled}
          icon={<IconSend size={16} aria-hidden />}
        >
          Send test
        </ActionButton>
        <ActionButton action={turn} fields={{ id, enabled: `${!enabled}` }}>
          {enabled ? 'Switch off' : 'Switch on'}
        </ActionButton>
        {kind === 'WEBHOOK' && (
          <RotateSecret
            id={id}
            action={rotate}
            consequence="Messages are signed with the new secret at once; the present one ends."
          />
        )}
        <ConfirmButton
          action={remove}
          fields={{ id }}
          icon={<IconTrash size={16} aria-hidden />}
          aria-label="Delete"
          title={`Delete “${name}”?`}
          consequence="No alert is told there any more. Rules that tell no other channel tell nobody."
          confirm="Delete channel"
        />
      </PageHeader>
      <ChannelForm
        action={change}
        submit="Save channel"
        start={{ id, kind, name, allAdmins, recipients, url: url ?? '' }}
      />
    </div>
  )
}
