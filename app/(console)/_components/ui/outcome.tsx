'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { startTransition, useEffect } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { UNDO_MS, type Undo } from '@/app/_server/undo/undo'
import { undo } from '../../undo'
import { forget, receive } from '../live/live-store'
import { PlainButton } from './button'
import classes from './ui.module.css'

const closeButtonProps = { 'aria-label': 'Close' }

/** Says what an action did, or why it was refused, offers its Undo, and goes where it leads. */
export function useOutcome(state: FormState): void {
  const router = useRouter()
  useEffect(() => settle(state, router), [state, router])
}

/** The same once, for what may be gone by then. */
export function settle(state: FormState, router: ReturnType<typeof useRouter>): void {
  const { href, undo: step } = state
  say(state)
  if (step?.what === 'delete') for (const id of step.ids) receive(id, 'gone')
  if (href) startTransition(() => router.push(href))
}

/** The same in place of a form; a link where there are no scripts. */
export function Outcome({ state }: { state: FormState }) {
  useOutcome(state)
  return (
    <p className={classes.notice}>
      {state.message} {state.href && <Link href={state.href}>Go on</Link>}
    </p>
  )
}

async function say({ message, status, undo: step }: FormState): Promise<void> {
  if (!message) return
  const { notifications } = await import('@mantine/notifications')
  const color = status === 'failed' ? 'red' : 'tide'
  if (!step) {
    notifications.show({ message, color, closeButtonProps })
    return
  }
  const id = notifications.show({
    message: (
      <div className={`${classes.line} ${classes.apart}`}>
        {message}
        <PlainButton
          size="small"
          onClick={() => {
            notifications.hide(id)
            startTransition(() => takeBack(step))
          }}
        >
          Undo
        </PlainButton>
      </div>
    ),
    color,
    autoClose: UNDO_MS,
    closeButtonProps,
  })
}

async function takeBack({ what, ids }: Undo): Promise<void> {
  const form = new FormData()
  form.set('what', what)
  for (const id of ids) form.append('id', id)
  const state = await undo({ status: 'new', errors: {}, values: {} }, form).catch(() => undefined)
  if (state?.status === 'done') forget(ids)
  await say(
    state ?? {
      status: 'failed',
      message: 'The server did not answer: it could not be taken back.',
      errors: {},
      values: {},
    },
  )
}
