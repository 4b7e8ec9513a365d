'use client'

import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useLiveInput } from '@/app/form/live-input'
import type { RenderedMail } from '@/lib/mail/render'
import { MailFrame } from '../../../_components/ui/mail-frame'
import classes from '../new.module.css'
import { preview } from './actions'

/** After the last key. */
const PAUSE_MS = 350

type Props = {
  first: RenderedMail
  /** The mail's input, unless it is what the form around it says. */
  input?: unknown
}

/** The mail as it will look; empty fields show an example. */
export function MailPreview({ first, input }: Props) {
  const live = useLiveInput().input
  const content = JSON.stringify(withoutReceiver(input ?? live))
  const [mail, setMail] = useState(first)
  const asked = useRef(content)

  const render = useDebouncedCallback(async (text: string) => {
    const answer = await preview(JSON.parse(text)).catch(() => undefined)
    // An answer to what was typed before would undo what is typed since.
    if (answer && asked.current === text) setMail(answer)
  }, PAUSE_MS)

  useEffect(() => {
    if (content === asked.current) return
    asked.current = content
    render(content)
  }, [content, render])

  return (
    <section className={classes.aside} aria-label="Preview">
      <p className={classes.asideTitle}>
        Preview · {mail.subject}
        <span> · fields left empty show an example</span>
      </p>
      <MailFrame html={mail.html} title="Preview of the mail" height={600} />
    </section>
  )
}

/** Who gets the mail is not seen in it. */
function withoutReceiver(input: unknown): object {
  return { ...Object(input), to: undefined }
}
