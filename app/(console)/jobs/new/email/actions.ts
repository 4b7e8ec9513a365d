'use server'

import { requireViewer } from '@/app/_server/auth/session'
import type { Recipient, RowProblem } from '@/app/_server/mail-list/read'
import { checkMailList } from '@/app/_server/mail-list/send'
import { AppError } from '@/lib/errors/app-error'
import type { RenderedMail } from '@/lib/mail/render'
import { templateNames } from '@/lib/mail/template-names'
import { previewOf } from './preview-of'

/** The mail as it will look. */
export async function preview(input: unknown): Promise<RenderedMail> {
  await requireViewer()
  return previewOf(input)
}

/** Most rows of a kind that the page names one by one. */
const MOST_SHOWN = 500
/** People the mail can be previewed for. */
const SAMPLES = 20

/** What is in a list, or why it cannot be read. */
export type CheckedList =
  | { problem: string }
  | {
      problem?: undefined
      /** People who will get a mail. */
      count: number
      samples: Pick<Recipient, 'line' | 'to' | 'cells'>[]
      bad: RowProblem[]
      leftOut: RowProblem[]
      /** How many rows of each kind there are, shown or not. */
      counts: { bad: number; duplicates: number; suppressed: number }
      unused: string[]
    }

/**
 * Looks at a list while it is put together.
 * @param question.placeholders those of the shared texts, as they are written
 */
export async function checkList(question: {
  list: string
  template: string
  placeholders: string
}): Promise<CheckedList> {
  const viewer = await requireViewer()
  const { list, placeholders } = question
  const template = templateNames.find((name) => name === question.template) ?? 'notice'
  try {
    const checked = await checkMailList(viewer, { list, template, subject: placeholders })
    const { recipients, problems, duplicates, suppressed, unused } = checked
    return {
      count: recipients.length,
      samples: recipients.slice(0, SAMPLES).map(({ line, to, cells }) => ({ line, to, cells })),
      bad: problems.slice(0, MOST_SHOWN),
      leftOut: [...duplicates, ...suppressed].slice(0, MOST_SHOWN),
      counts: {
        bad: problems.length,
        duplicates: duplicates.length,
        suppressed: suppressed.length,
      },
      unused,
    }
  } catch (error) {
    const issue = error instanceof AppError && error.details.issues?.[0]
    if (!issue) throw error
    return { problem: issue.message }
  }
}
