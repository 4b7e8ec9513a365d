'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { RuleInput } from '@/app/_server/alerts/fields'
import { createRule, deleteRule, turnRule, updateRule } from '@/app/_server/alerts/rules'
import { requireAdmin } from '@/app/_server/auth/session'
import { formAction, formValues } from '@/app/_server/forms/form-state'
import { findKind, isKindName } from '@/lib/alerts/kinds/kinds'
import { notFound } from '@/lib/errors/app-error'

const LIST = '/admin/alerts/rules'

/** Makes a rule and leads to the list. */
export const create = formAction(requireAdmin, async (admin, { kind = '' }, form) => {
  if (!isKindName(kind)) throw notFound('This kind of rule')
  await createRule(admin, { kind, ...termsOf(form) })
  redirect(LIST)
})

/** Changes a rule and leads to the list. */
export const change = formAction(requireAdmin, async (admin, { id = '' }, form) => {
  await updateRule(admin, id, termsOf(form))
  redirect(LIST)
})

/** Switches a rule on or off. */
export const turn = formAction(requireAdmin, async (admin, { id = '', enabled }) => {
  await turnRule(admin, id, enabled === 'true')
  revalidatePath('/admin', 'layout')
  return enabled === 'true' ? 'The rule is on.' : 'The rule is off; what it had open is closed.'
})

/** Deletes a rule and leads to the list. */
export const remove = formAction(requireAdmin, async (admin, { id = '' }) => {
  await deleteRule(admin, id)
  redirect(LIST)
})

function termsOf(form: FormData): Omit<RuleInput, 'kind'> {
  const { name = '', target = 'all', kind = '' } = formValues(form)
  const [scope = '', ...rest] = target.split(':')
  return {
    name,
    ...(scope === 'queue' || scope === 'type'
      ? { scope: scope === 'queue' ? 'QUEUE' : 'TYPE', target: rest.join(':') }
      : { scope: 'ALL', target: null }),
    fireAt: numberOf(form, 'fireAt'),
    resolveAt: numberOf(form, 'resolveAt'),
    windowMinutes: findKind(kind)?.window ? numberOf(form, 'windowMinutes') : null,
    quietMinutes: numberOf(form, 'quietMinutes'),
    channelIds: form.get('tells') === 'some' ? form.getAll('channels').map(String) : null,
  }
}

/** NaN for what is no number, which is then refused beside its field. */
function numberOf(form: FormData, name: string): number {
  const text = (formValues(form)[name] ?? '').trim()
  return text === '' ? Number.NaN : Number(text)
}
