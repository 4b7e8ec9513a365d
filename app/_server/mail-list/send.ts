import { z } from 'zod'
import { batchSubmissionSchema } from '@/app/_server/jobs/submit-batch'
import type { Viewer } from '@/lib/access/viewer'
import { transaction } from '@/lib/db/transaction'
import { invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { countOf } from '@/lib/format/count'
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

const { staggerMs, title, tags, idempotencyKey } = batchSubmissionSchema.shape

const listSchema = z.strictObject({
  list: z.string(),
  template: z.enum(templateNames).refine((name) => openTemplates.includes(name), {
    error: 'This mail goes to one person at a time',
  }),
  /** Shared by all, with `{{column}}` for what differs; a column of their name goes before them. */
  subject: z.string().optional(),
  variables: z.record(z.string(), z.string()).default({}),
})

const submissionSchema = listSchema.extend({
  staggerMs: staggerMs.default(DEFAULT_STAGGER_MS),
  title,
  tags,
  idempotencyKey,
  /** Send to the good rows although others are bad. */
  leaveOutBad: z.boolean().default(false),
  /** How many people the sender was told that it goes to. */
  expected: z.number().optional(),
})

/** A list as it would be sent: `suppressed` are addresses that the owner's mail leaves out. */
export type CheckedList = MailList & { suppressed: RowProblem[] }

/**
 * Looks at a list without sending anything.
 * @throws {AppError} `invalid_input` when it cannot be read as a list at all, and for shared texts that
 * cannot be sent to anybody
 */
export async function checkMailList(
  viewer: Viewer,
  input: z.input<typeof listSchema>,
): Promise<CheckedList> {
  const { list, template, ...shared } = parseInput(listSchema, input)
  const issues = restrictedFields({ template, variables: shared.variables }, viewer.role)
  if (issues.length > 0) throw invalidInput(issues)
  const read = withoutRestricted(viewer, template, readMailList(list, template, shared))
  const reasons = await suppressedAmong(
    viewer.userId,
    read.recipients.map(({ to }) => to),
  )
  const reasonOf = (to: string) => reasons.get(suppressionKey(to))
  return {
    ...read,
    recipients: read.recipients.filter(({ to }) => !reasonOf(to)),
    suppressed: read.recipients.flatMap(({ line, to: email }) => {
      const reason = reasonOf(email)
      const message = reason && `On your suppression list: ${reasonLabels[reason].toLowerCase()}`
      return message ? [{ line, email, message }] : []
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
 * @throws {AppError} `invalid_input` while rows are bad, unless they are to be left out, and when the
 * list is for more or fewer people than was expected
 */
export async function sendMailList(
  viewer: Viewer,
  input: z.input<typeof submissionSchema>,
): Promise<string> {
  const { leaveOutBad, expected, list, template, subject, variables, ...options } = parseInput(
    submissionSchema,
    input,
  )
  const shared = { list, template, subject, variables }
  const { recipients, problems } = await checkMailList(viewer, shared)
  const people = countOf(recipients.length, 'person', 'people')
  const refuse = (message: string) => invalidInput([{ path: 'list', message }])
  if (problems.length > 0 && !leaveOutBad) {
    throw refuse(`${countOf(problems.length, 'row')} cannot be mailed. Nothing was sent.`)
  }
  if (recipients.length === 0) throw refuse('Nobody is left to mail')
  if (expected !== undefined && expected !== recipients.length) {
    throw refuse(`Nothing was sent yet: ${people} would get a mail. Look again, then send.`)
  }
  const mails = recipients.map(({ to, subject: own, variables: texts }) => ({
    input: { to, template, variables: texts, ...(own ? { subject: own } : {}) },
  }))
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
