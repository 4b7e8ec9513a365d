import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import { catalog } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import { listEndpoints } from '@/lib/webhooks/endpoints'
import { PageHeader } from '../../../_components/ui/page-header'
import { placeOf } from '../../../webhooks/endpoint-words'
import { duplicateOf } from '../duplicate-of'
import { optionsOf } from '../options'
import { WebhookForm } from './webhook-form'
import { emptyWebhook, type WebhookValues } from './webhook-values'

export const metadata: Metadata = { title: 'New webhook' }

/** As many as one person may have. */
const MAX_ENDPOINTS = 100

type Props = { searchParams: Promise<{ from?: string | string[]; endpoint?: string | string[] }> }

export default async function NewWebhookPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const { from, endpoint } = await searchParams
  const original = await duplicateOf(viewer, 'webhook', from)
  // An admin, too, sends to endpoints of their own only.
  const own = { ...viewer, role: 'USER' } as const
  const { data } = await listEndpoints(own, { limit: MAX_ENDPOINTS, cursor: undefined })
  const endpoints = data
    .filter(({ enabled }) => enabled)
    .map(({ id, url, description }) => ({ id, url, label: description || placeOf(url) }))
  const chosen = endpoints.find(({ id }) => id === endpoint) ?? endpoints[0]
  const values = startOf(original) ?? { ...emptyWebhook, endpointId: chosen?.id ?? '' }
  return (
    <>
      <PageHeader
        title={original ? 'Duplicate webhook' : 'New webhook'}
        back={{ href: '/jobs/new', label: 'New job' }}
      />
      <WebhookForm
        start={values}
        endpoints={endpoints}
        options={original ? optionsOf(original) : undefined}
        originalId={original?.id}
      />
    </>
  )
}

/** What the form starts with; secret headers stand masked in it, and go on as they are kept. */
function startOf(original: JobView | undefined): WebhookValues | undefined {
  const parsed = catalog.webhook.input.safeParse(original?.input)
  if (!parsed.success) return undefined
  const { endpointId = '', url = '', event, payload, headers = {} } = parsed.data
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return {
    endpointId,
    url,
    event,
    payload: JSON.stringify(payload, null, 2),
    headers: lines.join('\n'),
  }
}
