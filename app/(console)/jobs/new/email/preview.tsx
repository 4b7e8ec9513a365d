'use client'

import { useLiveInput } from '@/app/form/live-input'
import { useAnswer } from '@/app/form/use-answer'
import type { RenderedMail } from '@/lib/mail/render'
import { MailFrame } from '../../../_components/ui/mail-frame'
import classes from '../new.module.css'
import { preview } from './actions'

type Props = {
  first: RenderedMail
  /** The mail's input, unless it is what the form around it says. */
  input?: unknown
}

/** The mail as it will look; empty fields show an example. */
export function MailPreview({ first, input }: Props) {
  const live = useLiveInput().input
  const content = JSON.stringify(withoutReceiver(input ?? live))
  const mail = useAnswer(content, render, first).answer ?? first

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

function render(content: string): Promise<RenderedMail> {
  return preview(JSON.parse(content))
}
