'use client'

import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Recipient } from '@/app/_server/mail-list/read'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import type { RenderedMail } from '@/lib/mail/render'
import classes from '../../new.module.css'
import { MailPreview } from '../preview'

type Props = {
  template: string
  subject: string
  /** The first people of the list. */
  samples: Recipient[]
  first: RenderedMail
}

/** The mail as one person of the list gets it. */
export function SamplePreview({ template, subject, samples, first }: Props) {
  const [place, setPlace] = useState(0)
  const index = Math.min(place, samples.length - 1)
  const sample = samples[index]
  const input = {
    template,
    subject: (sample?.subject ?? subject) || undefined,
    variables: sample?.variables ?? {},
  }
  return (
    <div className={classes.sample}>
      {sample && (
        <div className={classes.sampleOf}>
          <span>
            As <strong>{sample.to}</strong> gets it (line {sample.line})
          </span>
          {samples.length > 1 && (
            <span>
              <PlainButton
                size="small"
                kind="quiet"
                aria-label="The person before"
                disabled={index === 0}
                onClick={() => setPlace(index - 1)}
                icon={<IconChevronLeft size={16} aria-hidden />}
              />
              <PlainButton
                size="small"
                kind="quiet"
                aria-label="The next person"
                disabled={index === samples.length - 1}
                onClick={() => setPlace(index + 1)}
                icon={<IconChevronRight size={16} aria-hidden />}
              />
            </span>
          )}
        </div>
      )}
      <MailPreview input={input} first={first} />
    </div>
  )
}
