'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import {
  createChannel,
  deleteChannel,
  rotateChannelSecret,
  testChannel,
  turnChannel,
  updateChannel,
} from '@/app/_server/alerts/channels'
import type { ChannelInput } from '@/app/_server/alerts/fields'
import { requireAdmin } from '@/app/_server/auth/session'
import { type FormState, formAction, formValues, submit } from '@/app/_server/forms/form-state'
import { notFound } from '@/lib/errors/app-error'
import { countOf } from '@/lib/format/count'

const LIST = '/admin/alerts/channels'

/** Makes a channel; the answer carries a webhook's secret, this once, and the id. */
export async function create(_state: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAdmin()
  let created: { id: string; secret: string } | undefined
  const state = await submit(form, async () => {
    const { channel, secret } = await createChannel(admin, inputOf(form))
    if (!secret) redirect(LIST)
    created = { id: channel.id, secret }
    return undefined
  })
  return created ? { ...state, secret: created.secret, values: { id: created.id } } : hushed(state)
}

/** Changes a channel and leads to the list. */
export async function change(_state: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAdmin()
  const state = await submit(form, async () => {
    await updateChannel(admin, formValues(form).id ?? '', inputOf(form))
    redirect(LIST)
  })
  return hushed(state)
}

/** Switches a channel on or off. */
export const turn = formAction(requireAdmin, async (admin, { id = '', enabled }) => {
  await turnChannel(admin, id, enabled === 'true')
  revalidatePath('/admin/alerts', 'layout')
  return enabled === 'true' ? 'The channel is on.' : 'The channel is off.'
})

/** Deletes a channel and leads to the list. */
export const remove = formAction(requireAdmin, async (admin, { id = '' }) => {
  await deleteChannel(admin, id)
  redirect(LIST)
})

/** Gives a webhook another secret, which the answer carries this once. */
export const rotate = formAction(requireAdmin, async (admin, { id = '' }) => {
  const secret = await rotateChannelSecret(admin, id)
  return { secret }
})

/** Sends a test message to a channel. */
export const test = formAction(requireAdmin, async (admin, { id = '' }) => {
  const count = await testChannel(admin, id)
  return `${countOf(count, 'test message')} ${count === 1 ? 'is' : 'are'} on the way.`
})

function inputOf(form: FormData): ChannelInput {
  const { kind, name = '', recipients = '', url = '' } = formValues(form)
  switch (kind) {
    case 'MAIL':
      return {
        kind,
        name,
        allAdmins: form.has('allAdmins'),
        recipients: recipients.split(/[\s,;]+/).filter(Boolean),
      }
    case 'WEBHOOK':
      return { kind, name, url: url.trim() }
    case 'SLACK':
      return { kind, name, ...(url.trim() ? { url: url.trim() } : {}) }
    default:
      throw notFound('This kind of channel')
  }
}

/** A Slack URL that was refused for another field's sake is typed again rather than sent back. */
function hushed(state: FormState): FormState {
  return state.values.kind === 'SLACK' ? { ...state, values: { ...state.values, url: '' } } : state
}
