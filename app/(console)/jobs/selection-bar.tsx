'use client'

import Link from 'next/link'
import { useActionState, useEffect, useRef, useState } from 'react'
import type { FormState } from '@/app/_server/forms/form-state'
import { countOf } from '@/lib/format/count'
import { SELECTION } from '../_components/job/job-row'
import { PlainButton } from '../_components/ui/button'
import { Choice, filesChoice } from '../_components/ui/choice'
import { Dialog, type DialogHandle } from '../_components/ui/dialog'
import { useOutcome } from '../_components/ui/outcome'
import ui from '../_components/ui/ui.module.css'
import { changeChosen } from './actions'
import classes from './jobs.module.css'

const initial: FormState = { status: 'new', errors: {}, values: {} }

const asked = {
  cancel: {
    verb: 'Cancel',
    consequence:
      'Those that wait will not run; those that run are told to stop. Those that have ended stay as they are.',
  },
  delete: {
    verb: 'Delete',
    consequence: 'Those that have ended are removed for good, with their logs. The others stay.',
  },
} as const

type Props = {
  /** Where one acts on all that match, by what is to be done. */
  all: { retry: string; cancel: string; delete: string }
}

/** What can be done with the jobs that are chosen in the list, and with all that match. */
export function SelectionBar({ all }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const confirmed = useRef<HTMLButtonElement>(null)
  const dialog = useRef<DialogHandle>(null)
  const [state, run, pending] = useActionState(changeChosen, initial)
  const [chosen, setChosen] = useState({ count: 0, of: 0 })
  const [question, setQuestion] = useState<keyof typeof asked>('cancel')

  useEffect(() => {
    const count = () => {
      const boxes = boxesOf(form.current)
      const now = { count: boxes.filter((box) => box.checked).length, of: boxes.length }
      setChosen((known) => (known.count === now.count && known.of === now.of ? known : now))
    }
    // The list changes below this: look again whenever a box was ticked, and when it came anew.
    count()
    document.addEventListener('change', count)
    return () => document.removeEventListener('change', count)
  })

  useOutcome(state)

  const none = chosen.count === 0 || pending
  const ask = (what: keyof typeof asked) => () => {
    setQuestion(what)
    dialog.current?.open()
  }
  // No field is called `id` or `action`: a form's own properties of these names would be hidden.
  return (
    <div className={ui.line}>
      <form ref={form} id={SELECTION} action={run} className={`${ui.line} ${classes.chosen}`}>
        <label>
          <input
            type="checkbox"
            checked={chosen.of > 0 && chosen.count === chosen.of}
            onChange={({ currentTarget: { checked } }) => {
              for (const box of boxesOf(form.current)) box.checked = checked
            }}
          />
          {chosen.count === 0 ? 'Select page' : <span>{`${chosen.count} selected`}</span>}
        </label>
        <PlainButton type="submit" name="what" value="retry" size="small" disabled={none}>
          Retry
        </PlainButton>
        <button ref={confirmed} type="submit" name="what" value={question} hidden />
        <PlainButton size="small" disabled={none} onClick={ask('cancel')}>
          Cancel
        </PlainButton>
        <PlainButton size="small" disabled={none} onClick={ask('delete')}>
          Delete
        </PlainButton>
      </form>
      <nav className={`${ui.line} ${ui.note}`} aria-label="All that match">
        <span>All that match:</span>
        <Link href={all.retry} prefetch={false} className={ui.link}>
          Retry…
        </Link>
        <Link href={all.cancel} prefetch={false} className={ui.link}>
          Cancel…
        </Link>
        <Link href={all.delete} prefetch={false} className={ui.link}>
          Delete…
        </Link>
      </nav>
      <Dialog ref={dialog} title={`${asked[question].verb} ${countOf(chosen.count, 'job')}?`}>
        <p>{asked[question].consequence}</p>
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
            {`${asked[question].verb} ${countOf(chosen.count, 'job')}`}
          </PlainButton>
        </div>
      </Dialog>
    </div>
  )
}

function boxesOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.elements ?? [])].filter(
    (field): field is HTMLInputElement => field instanceof HTMLInputElement && field.name === 'job',
  )
}
