'use client'

import { type FormEvent, useState } from 'react'
import list from '../_components/list/list.module.css'
import { PlainButton } from '../_components/ui/button'
import { CodeBlock } from '../_components/ui/code-block'
import ui from '../_components/ui/ui.module.css'
import classes from './api-docs.module.css'
import { type Answered, send } from './send'

export type Call = {
  method: string
  path: string
  /** Parts of the path and of the query, by name. */
  parts: string[]
  query: string[]
  /** The body to start from; `file` asks for one instead. */
  body: { kind: 'json'; text: string } | { kind: 'file' } | undefined
}

/** Sends the call as the person who is signed in, and shows what comes back. */
export function TryIt({ call }: { call: Call }) {
  const [answered, setAnswered] = useState<Answered>()
  const [sending, setSending] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setSending(true)
    setAnswered(await send(call, new FormData(event.currentTarget)))
    setSending(false)
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      {call.parts.map((name) => (
        <Field key={name} name={`path.${name}`} label={name} required />
      ))}
      {call.query.map((name) => (
        <Field key={name} name={`query.${name}`} label={name} />
      ))}
      {call.body?.kind === 'file' && (
        <label>
          <span>file</span>
          <input className={list.field} type="file" name="file" accept="image/*" required />
        </label>
      )}
      {call.body?.kind === 'json' && (
        <label className={classes.wide}>
          <span>Body</span>
          <textarea
            className={`${list.field} ${ui.mono}`}
            name="body"
            rows={Math.min(18, call.body.text.split('\n').length + 1)}
            spellCheck={false}
            defaultValue={call.body.text}
          />
        </label>
      )}
      <div className={classes.wide}>
        <PlainButton type="submit" size="small" disabled={sending}>
          {sending ? 'Sending…' : `Send ${call.method}`}
        </PlainButton>
      </div>
      <output className={classes.wide} aria-live="polite">
        {answered && (
          <>
            <p className={ui.tone} data-status={answered.failed ? 'failed' : 'completed'}>
              {answered.summary}
            </p>
            {answered.text && <CodeBlock text={answered.text} />}
          </>
        )}
      </output>
    </form>
  )
}

function Field({ name, label, required }: { name: string; label: string; required?: boolean }) {
  return (
    <label>
      <span>{label}</span>
      <input
        className={list.field}
        name={name}
        required={required}
        autoComplete="off"
        spellCheck={false}
      />
    </label>
  )
}
