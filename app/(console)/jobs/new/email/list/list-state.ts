import type { Recipient, RowProblem } from '@/lib/mail/list/read'
import type { TemplateName } from '@/lib/mail/template-names'
import type { Problem } from '../../submission'

/** Most rows of a kind that the page names one by one. */
export const MOST_SHOWN = 500
/** Rows the mail can be previewed with. */
export const SAMPLES = 20

/** What the form holds, as typed. */
export type ListFields = {
  template: TemplateName
  subject: string
  list: string
  staggerMs: string
  title: string
}

/** What is known about a list that was checked. */
export type Checked = {
  /** People who will get a mail. */
  count: number
  samples: Recipient[]
  problems: RowProblem[]
  leftOut: RowProblem[]
  /** How many rows of each kind there are, shown or not. */
  counts: { problems: number; duplicates: number; suppressed: number }
  unused: string[]
}

/** What the server says about a list. */
export type ListState = { values?: ListFields; checked?: Checked; problem?: Problem }
