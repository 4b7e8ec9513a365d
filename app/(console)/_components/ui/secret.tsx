'use client'

import { CopyButton } from './copy-button'
import classes from './ui.module.css'

/** A text that is shown this once, to be copied. */
export function Secret({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.secret}>
      <code>{text}</code>
      <CopyButton text={text} label={label}>
        Copy
      </CopyButton>
    </div>
  )
}
