'use client'

import { Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { PlainButton } from '../_components/ui/button'
import { CodeBlock } from '../_components/ui/code-block'
import ui from '../_components/ui/ui.module.css'
import classes from './api-docs.module.css'
import { type Answered, send } from './send'

export type Call = {
  method: string
  path: string
  /** Names of its query's parameters. */
  query: string[]
  /** Takes a file as its body. */
  hasFile: boolean
  /** The JSON to start from. */
  body: string | undefined
}

const asTyped = { autoComplete: 'off', spellCheck: false, withAsterisk: false }

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
      {call.path.includes('{id}') && <TextInput {...asTyped} name="id" label="id" required />}
      {call.query.map((name) => (
        <TextInput {...asTyped} key={name} name={name} label={name} />
      ))}
      {call.hasFile && (
        <TextInput {...asTyped} type="file" name="file" label="file" accept="image/*" required />
      )}
      {call.body && (
        <Textarea
          {...asTyped}
          name="body"
          label="Body"
          resize="vertical"
          className={classes.wide}
          classNames={{ input: ui.mono }}
          rows={Math.min(18, call.body.split('\n').length + 1)}
          defaultValue={call.body}
        />
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
