'use client'

import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { RenderedMail } from '@/lib/mail/render'
import { MailFrame } from '../../../_components/ui/mail-frame'
import classes from '../new.module.css'
import { preview } from './actions'
import { type MailValues, sendable } from './mail-values'

/** After the last key. */
const PAUSE_MS = 350

/** The mail as it will look; empty fields show an example. */
export function Preview({ values, first }: { values: MailValues; first: RenderedMail }) {
  const [mail, setMail] = useState(first)
  const asked = useRef(JSON.stringify(sendable(values)))

  const render = useDebouncedCallback(async (content: ReturnType<typeof sendable>) => {
    const key = JSON.stringify(content)
    const answer = await preview(content).catch(() => undefined)
    // An answer to what was typed before would undo what is typed since.
    if (answer && 'html' in answer && asked.current === key) setMail(answer)
  }, PAUSE_MS)

  useEffect(() => {
    const content = sendable(values)
    const key = JSON.stringify(content)
    if (key === asked.current) return
    asked.current = key
    render(content)
  }, [values, render])

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
