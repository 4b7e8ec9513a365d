import { z } from 'zod'
import { isKindName, kindNames, kinds } from '@/lib/alerts/kinds/kinds'
import { isTarget } from '@/lib/alerts/subject'
import { LONGEST_WINDOW } from '@/lib/alerts/terms'
import { mailAddress } from '@/lib/mail/fields'
import { nameField } from '@/lib/mail/person-fields'
import { receiverUrl } from '@/lib/webhooks/fields'

const threshold = z.number({ error: 'Expected a number' }).min(0, { error: 'Expected 0 or more' })

const minutes = z.int({ error: 'Expected a whole number of minutes' })

const terms = {
  name: nameField,
  scope: z.enum(['ALL', 'QUEUE', 'TYPE'], { error: 'Expected ALL, QUEUE or TYPE' }),
  target: z.string().nullable(),
  fireAt: threshold,
  resolveAt: threshold,
  windowMinutes: minutes
    .min(1, { error: 'Expected 1 minute or more' })
    .max(LONGEST_WINDOW, { error: `Expected at most ${LONGEST_WINDOW} minutes` })
    .nullable(),
  quietMinutes: minutes
    .min(0, { error: 'Expected 0 minutes or more' })
    .max(7 * 24 * 60, { error: 'Expected at most a week' }),
  /** Null: every channel, also later ones. */
  channelIds: z
    .array(z.uuid({ error: 'Expected channels' }))
    .max(100)
    .nullable(),
}

type Given = z.output<typeof ruleSchema>

/** What a rule is made of. */
export const ruleSchema = z
  .strictObject({ kind: z.enum(kindNames, { error: 'Expected a kind of rule' }), ...terms })
  .superRefine(checkAgainstKind)

function checkAgainstKind(
  rule: { kind: string } & z.output<z.ZodObject<typeof terms>>,
  context: z.RefinementCtx,
): void {
  if (!isKindName(rule.kind)) return
  const { max, isAboutJobs } = kinds[rule.kind]
  const issue = (path: keyof Given, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message })
  if (rule.fireAt <= 0) issue('fireAt', 'Expected more than 0')
  if (rule.fireAt > max) issue('fireAt', `Expected at most ${max}`)
  if (rule.resolveAt >= rule.fireAt) issue('resolveAt', 'Expected less than what it fires at')
  if (!isAboutJobs && rule.scope !== 'ALL') issue('target', 'This kind is about no queue')
  if (!isTarget(rule)) issue('target', 'Expected a queue or job type that there is')
}

export type RuleInput = z.input<typeof ruleSchema>

const common = { name: nameField }

/** What a channel is made of. */
export const channelSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('MAIL'),
      ...common,
      allAdmins: z.boolean(),
      recipients: z.array(mailAddress).max(20, { error: 'Expected at most 20 addresses' }),
    })
    .refine(({ allAdmins, recipients }) => allAdmins || recipients.length > 0, {
      path: ['recipients'],
      error: 'Choose all admins, or enter an address',
    }),
  z.strictObject({ kind: z.literal('WEBHOOK'), ...common, url: receiverUrl }),
  z.strictObject({
    kind: z.literal('SLACK'),
    ...common,
    /** Undefined keeps the one there is. */
    url: receiverUrl.optional(),
  }),
])

export type ChannelInput = z.input<typeof channelSchema>
export type ChannelFields = z.output<typeof channelSchema>
