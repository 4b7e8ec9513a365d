'use client'

import { useLiveInput } from '@/app/form/generated/live-input'
import { useAnswer } from '@/app/form/use-answer'
import type { RenderedMail } from '@/lib/mail/render'
import { MailFrame } from '../../../_components/ui/mail-frame'
import classes from '../new.module.css'
import { preview } from './actions'

/** The mail as it will be sent: to one person, or to the one of a list that is looked at. */
export function MailPreview({ first }: { first: RenderedMail }) {
  const { input, shown, posted } = useLiveInput()
  const person = posted.when === 'list' && shown && 'cells' in shown ? shown : undefined
  const content = { ...Object(input), to: undefined, cells: person?.cells }
  const mail = useAnswer(JSON.stringify(content), render, first).answer ?? first
  return (
    <section className={classes.aside} aria-label="Preview">
      <p className={classes.asideTitle}>
        {person ? `As ${person.to} gets it` : 'Preview'} · {mail.subject}
      </p>
      <MailFrame html={mail.html} title="Preview of the mail" height={600} />
    </section>
  )
}

function render(content: string): Promise<RenderedMail> {
  return preview(JSON.parse(content))
}
