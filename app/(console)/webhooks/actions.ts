'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/session'
import { invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { countOf } from '@/lib/format/count'
import { type FormState, formValues, submit } from '@/lib/http/form-state'
import {
  createEndpoint,
  deleteEndpoint,
  rotateSecret,
  updateEndpoint,
} from '@/lib/webhooks/endpoints'
import { sinceSchema } from '@/lib/webhooks/fields'
import { recoverFailed, replayDelivery } from '@/lib/webhooks/replay'
import { sendTest } from '@/lib/webhooks/send-test'
import { eventTypesOf } from './event-types'

const PAGE = '/webhooks/[id]'

/** Creates an endpoint; the answer carries its secret, this once, and its id. */
export async function create(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  let created: { id: string; secret: string } | undefined
  const state = await submit(form, async () => {
    const { url = '', description = '' } = formValues(form)
    const input = { url: url.trim(), description, eventTypes: eventTypesOf(form) }
    const { endpoint, secret } = await createEndpoint(viewer, input)
    created = { id: endpoint.id, secret }
    return undefined
  })
  return created ? { ...state, secret: created.secret, values: { id: created.id } } : state
}

/** Changes an endpoint and leads back to its page. */
export async function change(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { id = '', url = '', description = '' } = formValues(form)
    const changes = { url: url.trim(), description, eventTypes: eventTypesOf(form) }
    await updateEndpoint(viewer, id, changes)
    redirect(`/webhooks/${id}`)
  })
}

/** Switches an endpoint on or off. */
export async function turn(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { id = '', enabled } = formValues(form)
    const endpoint = await updateEndpoint(viewer, id, { enabled: enabled === 'true' })
    revalidatePath(PAGE, 'page')
    return endpoint.enabled ? 'The endpoint is on.' : 'The endpoint is off.'
  })
}

/** Deletes an endpoint and leads back to the list. */
export async function remove(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await deleteEndpoint(viewer, formValues(form).id ?? '')
    redirect('/webhooks')
  })
}

/** Gives an endpoint a new secret, which the answer carries this once. */
export async function rotate(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  let secret: string | undefined
  const state = await submit(form, async () => {
    secret = (await rotateSecret(viewer, formValues(form).id ?? '')).secret
    revalidatePath(PAGE, 'page')
    return undefined
  })
  return secret ? { ...state, secret } : state
}

/** Sends a test event. */
export async function test(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await sendTest(viewer, formValues(form).id ?? '')
    revalidatePath(PAGE, 'page')
    return 'A test event is on its way.'
  })
}

/** Sends the message of one delivery again. */
export async function replay(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { id = '', delivery = '' } = formValues(form)
    await replayDelivery(viewer, id, delivery)
    revalidatePath(PAGE, 'page')
    return 'It is sent again.'
  })
}

/** Tries again what failed for good since a time. */
export async function recover(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    const { id = '', since = '' } = formValues(form)
    if (!since) throw invalidInput([{ path: 'since', message: 'Choose a date and time' }])
    const count = await recoverFailed(viewer, id, parseInput(sinceSchema, { since }).since)
    revalidatePath(PAGE, 'page')
    return count === 0
      ? 'Nothing has failed for good since then.'
      : `${countOf(count, 'webhook')} ${count === 1 ? 'is' : 'are'} tried again.`
  })
}
