'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { propertyOf } from '@/app/_server/forms/write'
import { progressBegins } from '@/app/(console)/_components/frame/progress'

export type Action = (state: FormState, form: FormData) => Promise<FormState>

/** Of a form that was not sent yet. */
export const initialState: FormState = { status: 'new', errors: {}, values: {} }

const AWAY = 'Not sent: the server did not answer. Try again.'
const OUTDATED = 'Not sent: the server has a newer version. Reload the page, then try again.'

/**
 * A server action as forms and buttons use it: a plain post until scripts run. Afterwards no answer is
 * an answer too; the page would otherwise give way to an error, and what was typed would be lost.
 * @param start what the form begins with
 * @param onAnswer told each answer, also where what asked is gone by then
 * @param onDone called when the action succeeded, before it leads elsewhere
 */
export function useAction(
  action: Action,
  start = initialState,
  onDone?: () => void,
  onAnswer?: (state: FormState) => void,
) {
  const [posted, formAction] = useActionState(action, start)
  const [answer, setAnswer] = useState<FormState>()
  const [pending, startTransition] = useTransition()

  function send(form: FormData): void {
    const end = progressBegins()
    startTransition(async () => {
      try {
        const state = await answerOf(form)
        if (state.status === 'done') onDone?.()
        onAnswer?.(state)
        startTransition(() => setAnswer(state))
      } finally {
        end()
      }
    })
  }

  async function answerOf(form: FormData): Promise<FormState> {
    try {
      return await action(initialState, form)
    } catch (error) {
      if (isSuccess(error)) onDone?.()
      unstable_rethrow(error)
      const message = unstable_isUnrecognizedActionError(error) ? OUTDATED : AWAY
      const values = [...form].flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      )
      return { status: 'failed', message, errors: {}, values: Object.fromEntries(values) }
    }
  }

  return { state: answer ?? posted, formAction, send, pending }
}

/** An action that leads elsewhere has done its work, unless it leads to the sign-in. */
function isSuccess(error: unknown): boolean {
  const digest = error instanceof Error && propertyOf(error, 'digest')
  return typeof digest === 'string' && /^NEXT_REDIRECT;(?!\w*;\/sign-in)/.test(digest)
}
