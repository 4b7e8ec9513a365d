'use client'

import { IconBookmark } from '@tabler/icons-react'
import { useActionState } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import fields from '../../_components/list/filters.module.css'
import { Menu } from '../../_components/list/menu'
import { PlainButton } from '../../_components/ui/button'
import ui from '../../_components/ui/ui.module.css'
import { keepView } from '../actions'

const initial: FormState = { status: 'new', errors: {}, values: {} }

type Props = {
  /** What the list is filtered by, as its address writes it. */
  query: string
  /** The name that a shared link gave it. */
  name: string
}

/** Keeps the list's filter as a tab under a name. */
export function SaveView({ query, name }: Props) {
  const [state, run, pending] = useActionState(keepView, initial)
  const problem = state.errors.name ?? state.errors.query ?? state.message
  return (
    <Menu
      look="button"
      name="Save view"
      label={
        <>
          <IconBookmark size={16} aria-hidden />
          <span>Save view</span>
        </>
      }
    >
      <form action={run} className={ui.stack}>
        <input type="hidden" name="query" value={query} />
        <label className={ui.stack}>
          Name of the view
          <input
            name="name"
            className={fields.field}
            defaultValue={state.values.name ?? name}
            maxLength={40}
            required
          />
        </label>
        {problem && (
          <p role="alert" className={`${ui.note} ${ui.tone}`} data-status="failed">
            {problem}
          </p>
        )}
        <PlainButton type="submit" kind="primary" size="small" disabled={pending}>
          Save
        </PlainButton>
      </form>
    </Menu>
  )
}
