'use client'

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { countOf } from '@/lib/format/count'
import { SELECTION } from '../_components/job/job-row'
import { hrefOf } from '../_components/list/href'
import { LinkButton, PlainButton } from '../_components/ui/button'
import { Choice, filesChoice } from '../_components/ui/choice'
import { Dialog, type DialogHandle } from '../_components/ui/dialog'
import { useOutcome } from '../_components/ui/outcome'
import ui from '../_components/ui/ui.module.css'
import { changeChosen } from './actions'
import classes from './jobs.module.css'
import { verbs } from './matching/words'

const initial: FormState = { status: 'new', errors: {}, values: {} }

const asked = {
  cancel:
    'Those that wait will not run; those that run are told to stop. Those that have ended stay as they are.',
  delete: 'Those that have ended are removed for good, with their logs. The others stay.',
} as const

type Props = {
  /** What the list is filtered by. */
  filter: Record<string, string>
  /** How many match, where there is more than this page; else nothing. */
  total: ReactNode
}

/** What can be done with the jobs that are selected in the list; shown once some are. */
export function SelectionBar({ filter, total }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const confirmed = useRef<HTMLButtonElement>(null)
  const dialog = useRef<DialogHandle>(null)
  const [state, run, pending] = useActionState(changeChosen, initial)
  const [chosen, setChosen] = useState({ count: 0, of: 0 })
  const [isAll, setAll] = useState(false)
  const [question, setQuestion] = useState<keyof typeof asked>('cancel')

  useEffect(() => {
    const count = () => {
      const boxes = boxesOf(form.current)
      const now = { count: boxes.filter((box) => box.checked).length, of: boxes.length }
      const page = form.current?.elements.namedItem('page')
      if (page instanceof HTMLInputElement) {
        page.checked = now.count > 0 && now.count === now.of
        page.indeterminate = now.count > 0 && now.count < now.of
      }
      if (now.count < now.of) setAll(false)
      setChosen((known) => (known.count === now.count && known.of === now.of ? known : now))
    }
    // The list changes outside of this: count whenever a box was ticked, and after each render.
    count()
    document.addEventListener('change', count)
    return () => document.removeEventListener('change', count)
  })

  useOutcome(state)

  const ask = (what: keyof typeof asked) => () => {
    setQuestion(what)
    dialog.current?.open()
  }
  const select = (checked: boolean) => {
    for (const box of boxesOf(form.current)) box.checked = checked
    form.current?.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const allButton = (action: 'retry' | 'cancel' | 'delete') => (
    <LinkButton
      href={hrefOf('/jobs/matching', { action, ...filter })}
      prefetch={false}
      size="small"
    >
      {verbs[action]}…
    </LinkButton>
  )
  // No field is called `id` or `action`: a form's own properties of these names would be hidden.
  return (
    <>
      <form
        ref={form}
        id={SELECTION}
        action={run}
        className={`${ui.line} ${classes.chosen}`}
        hidden={chosen.count === 0}
      >
        <strong role="status">{isAll ? total : chosen.count} selected</strong>
        {isAll ? (
          <>
            {allButton('retry')}
            {allButton('cancel')}
            {allButton('delete')}
          </>
        ) : (
          <>
            <PlainButton
              type="submit"
              name="what"
              value="retry"
              size="small"
              disabled={pending}
              aria-keyshortcuts="r"
            >
              Retry
            </PlainButton>
            <PlainButton
              size="small"
              disabled={pending}
              aria-keyshortcuts="c"
              onClick={ask('cancel')}
            >
              Cancel
            </PlainButton>
            <PlainButton size="small" disabled={pending} onClick={ask('delete')}>
              Delete
            </PlainButton>
          </>
        )}
        <button ref={confirmed} type="submit" name="what" value={question} hidden />
        <span className={classes.more}>
          {chosen.count < chosen.of && (
            <PlainButton kind="quiet" size="small" onClick={() => select(true)}>
              Select page
            </PlainButton>
          )}
          {total && !isAll && (
            <PlainButton
              kind="quiet"
              size="small"
              onClick={() => {
                select(true)
                setAll(true)
              }}
            >
              Select {total}
            </PlainButton>
          )}
          <PlainButton kind="quiet" size="small" onClick={() => select(false)}>
            Clear
          </PlainButton>
        </span>
      </form>
      <Dialog ref={dialog} title={`${verbs[question]} ${countOf(chosen.count, 'job')}?`}>
        <p>{asked[question]}</p>
        {question === 'delete' && <Choice {...filesChoice()} form={SELECTION} />}
        <div className={`${ui.line} ${ui.end}`}>
          <PlainButton onClick={() => dialog.current?.close()}>Keep them</PlainButton>
          <PlainButton
            kind="danger"
            onClick={() => {
              dialog.current?.close()
              form.current?.requestSubmit(confirmed.current)
            }}
          >
            {`${verbs[question]} ${countOf(chosen.count, 'job')}`}
          </PlainButton>
        </div>
      </Dialog>
    </>
  )
}

function boxesOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.elements ?? [])].filter(
    (field): field is HTMLInputElement => field instanceof HTMLInputElement && field.name === 'job',
  )
}
