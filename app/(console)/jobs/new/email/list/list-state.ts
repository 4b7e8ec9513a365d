import type { FormState } from '@/app/_server/forms/form-state'
import type { Recipient, RowProblem } from '@/app/_server/mail-list/read'

/** Most rows of a kind that the page names one by one. */
export const MOST_SHOWN = 500
/** Rows the mail can be previewed with. */
export const SAMPLES = 20

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
export type ListState = FormState & { checked?: Checked }
