'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import {
  createEndpoint,
  deleteEndpoint,
  rotateSecret,
  updateEndpoint,
} from '@/app/_server/webhooks/endpoints'
import { recoverFailed, replayDelivery } from '@/app/_server/webhooks/replay'
import { sendTest } from '@/app/_server/webhooks/send-test'
import { invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { countOf } from '@/lib/format/count'
import { sinceSchema } from '@/lib/webhooks/fields'
import { eventTypesOf } from './event-types'

const PAGE = '/webhooks/[id]'

/** Creates an endpoint; the answer carries its secret, this once, and its id. */
export const create = formAction(
  requireViewer,
  async (viewer, { url = '', description = '' }, form) => {
    const input = { url: url.trim(), description, eventTypes: eventTypesOf(form) }
    const { endpoint, secret } = await createEndpoint(viewer, input)
    return { secret, values: { id: endpoint.id } }
  },
)

/** Changes an endpoint and leads back to its page. */
export const change = formAction(
  requireViewer,
  async (viewer, { id = '', url = '', description = '' }, form) => {
    const changes = { url: url.trim(), description, eventTypes: eventTypesOf(form) }
    await updateEndpoint(viewer, id, changes)
    redirect(`/webhooks/${id}`)
  },
)

/** Switches an endpoint on or off. */
export const turn = formAction(requireViewer, async (viewer, { id = '', enabled }) => {
  const endpoint = await updateEndpoint(viewer, id, { enabled: enabled === 'true' })
  revalidatePath(PAGE, 'page')
  return endpoint.enabled ? 'The endpoint is on.' : 'The endpoint is off.'
})

/** Deletes an endpoint and leads back to the list. */
export const remove = formAction(requireViewer, async (viewer, { id = '' }) => {
  await deleteEndpoint(viewer, id)
  redirect('/webhooks')
})

/** Gives an endpoint a new secret, which the answer carries this once. */
export const rotate = formAction(requireViewer, async (viewer, { id = '' }) => {
  const secret = (await rotateSecret(viewer, id)).secret
  revalidatePath(PAGE, 'page')
  return { secret }
})

/** Sends a test event. */
export const test = formAction(requireViewer, async (viewer, { id = '' }) => {
  await sendTest(viewer, id)
  revalidatePath(PAGE, 'page')
  return 'A test event is on its way.'
})

/** Sends the message of one delivery again. */
export const replay = formAction(requireViewer, async (viewer, { id = '', delivery = '' }) => {
  await replayDelivery(viewer, id, delivery)
  revalidatePath(PAGE, 'page')
  return 'It is sent again.'
})

/** Tries again what failed for good since a time. */
export const recover = formAction(requireViewer, async (viewer, { id = '', since = '' }) => {
  if (!since) throw invalidInput([{ path: 'since', message: 'Choose a date and time' }])
  const count = await recoverFailed(viewer, id, parseInput(sinceSchema, { since }).since)
  revalidatePath(PAGE, 'page')
  return count === 0
    ? 'Nothing has failed for good since then.'
    : `${countOf(count, 'webhook')} ${count === 1 ? 'is' : 'are'} tried again.`
})
