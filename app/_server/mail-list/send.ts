import { z } from 'zod'
import { batchSubmissionSchema } from '@/app/_server/jobs/submit-batch'
import type { Viewer } from '@/lib/access/viewer'
import { transaction } from '@/lib/db/transaction'
import { invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { countOf } from '@/lib/format/count'
import { mailHeader } from '@/lib/mail/fields'
import { restrictedFields } from '@/lib/mail/restrictions'
import {
  openTemplates,
  type TemplateName,
  templateNames,
  templates,
} from '@/lib/mail/template-names'
import { sendBulkEmails } from '@/lib/services/jobs'
import { reasonLabels, suppressedAmong, suppressionKey } from '@/lib/suppressions/list'
import { type MailList, type RowProblem, readMailList } from './read'

/** Between the starts of one mail and the next, where nothing else is asked for. */
export const DEFAULT_STAGGER_MS = 100

const { staggerMs, title, tags } = batchSubmissionSchema.shape

const submissionSchema = z.strictObject({
  list: z.string(),
  template: z.enum(templateNames).refine((name) => openTemplates.includes(name), {
    error: 'This mail goes to one person at a time',
  }),
  subject: mailHeader.optional(),
  staggerMs: staggerMs.default(DEFAULT_STAGGER_MS),
  title,
  tags,
  /** Send to the good rows although others are bad. */
  leaveOutBad: z.boolean().default(false),
})
export type ListSubmission = z.input<typeof submissionSchema>

/** A list as it would be sent: `suppressed` are addresses that the owner's mail leaves out. */
export type CheckedList = MailList & { suppressed: RowProblem[] }

/**
 * Looks at a list without sending anything.
 * @throws {AppError} `invalid_input` when it cannot be read as a list at all
 */
export async function checkMailList(viewer: Viewer, input: ListSubmission): Promise<CheckedList> {
  const { list, template } = parseInput(submissionSchema, input)
  const read = withoutRestricted(viewer, template, readMailList(list, template))
  const reasons = await suppressedAmong(
    viewer.userId,
    read.recipients.map(({ to }) => to),
  )
  const isSuppressed = (to: string) => reasons.get(suppressionKey(to))
  return {
    ...read,
    recipients: read.recipients.filter(({ to }) => !isSuppressed(to)),
    suppressed: read.recipients.flatMap(({ line, to }) => {
      const reason = isSuppressed(to)
      return reason
        ? [
            {
              line,
              email: to,
              message: `On your suppression list: ${reasonLabels[reason].toLowerCase()}`,
            },
          ]
        : []
    }),
  }
}

/** Rows that only an admin could send are bad ones for everybody else. */
function withoutRestricted(viewer: Viewer, template: TemplateName, list: MailList): MailList {
  const recipients: MailList['recipients'] = []
  const refused: RowProblem[] = []
  for (const recipient of list.recipients) {
    const { line, to: email, variables } = recipient
    const [issue] = restrictedFields({ template, variables }, viewer.role)
    if (issue) refused.push({ line, email, message: `${issue.path}: ${issue.message}` })
    else recipients.push(recipient)
  }
  const problems = [...list.problems, ...refused].sort((a, b) => a.line - b.line)
  return { ...list, recipients, problems }
}

/**
 * Mails everybody on a list, as one batch; duplicates and suppressed addresses are left out.
 * @returns the batch's id
 * @throws {AppError} `invalid_input` while rows are bad, unless they are to be left out
 */
export async function sendMailList(viewer: Viewer, input: ListSubmission): Promise<string> {
  const { template, subject, leaveOutBad, ...options } = parseInput(submissionSchema, input)
  const { recipients, problems } = await checkMailList(viewer, input)
  const refuse = (message: string) => invalidInput([{ path: 'list', message }])
  if (problems.length > 0 && !leaveOutBad) {
    throw refuse(`${countOf(problems.length, 'row')} cannot be mailed. Nothing was sent.`)
  }
  if (recipients.length === 0) throw refuse('Nobody is left to mail')
  const mails = recipients.map(({ to, variables, ...own }) => {
    const wanted = own.subject ?? subject
    return { input: { to, template, variables, ...(wanted ? { subject: wanted } : {}) } }
  })
  const people = countOf(recipients.length, 'person', 'people')
  const { batchId } = await transaction((tx) =>
    sendBulkEmails(tx, mails, {
      ...options,
      ownerId: viewer.userId,
      role: viewer.role,
      title: options.title ?? `${templates[template].label} mail to ${people}`,
    }),
  )
  return batchId
}
