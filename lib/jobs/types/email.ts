import { z } from 'zod'
import { defineJob } from '@/lib/jobs/definition'
import { defineQueue } from '@/lib/jobs/queue'
import { mailAddress, mailHeader } from '@/lib/mail/fields'
import { restrictedFields } from '@/lib/mail/restrictions'
import { mailTitle } from '@/lib/mail/subject'
import { openTemplates, templateNames, templates } from '@/lib/mail/template-names'
import { formHints } from '../form-hints'

const labels = Object.fromEntries(templateNames.map((name) => [name, templates[name].label]))
const about = Object.fromEntries(templateNames.map((name) => [name, templates[name].description]))
const knownTexts = {
  by: 'template',
  of: Object.fromEntries(templateNames.map((name) => [name, templates[name].fields])),
}

/** Sends one mail made from a template. */
export const email = defineJob({
  type: 'email',
  queue: defineQueue({
    name: 'email',
    concurrency: 10,
    // As mail services commonly allow; whoever comes after others' many waits for a second at most.
    rateLimit: { max: 10, durationMs: 1_000 },
  }),
  label: 'Email',
  description: 'Sends a mail made from a template.',
  verb: 'Send email',
  input: z
    .strictObject({
      template: z
        .enum(templateNames, { error: `Expected one of ${templateNames.join(', ')}` })
        .meta({
          title: 'Template',
        })
        .register(formHints, {
          labels,
          about,
          forAdmins: templateNames.filter((name) => !openTemplates.includes(name)),
        }),
      to: mailAddress
        .meta({ title: 'To' })
        .register(formHints, { input: 'email', placeholder: 'ann@example.com', list: true }),
      subject: mailHeader
        .optional()
        .meta({ title: 'Subject', description: 'Defaults to the template’s own.' }),
      variables: z
        .record(z.string().max(64), z.unknown())
        .default({})
        .meta({ title: 'Variables' })
        .register(formHints, { knownTexts }),
    })
    .meta({
      examples: [{ to: 'ann@example.com', template: 'welcome', variables: { name: 'Ann' } }],
    })
    .register(formHints, { start: { template: 'welcome' } }),
  output: z.object({
    messageId: z.string(),
    /** `smtp`: a server accepted it; `outbox`: kept here. */
    delivery: z.enum(['smtp', 'outbox']),
    mailId: z.string().optional(),
  }),
  timeoutMs: 60_000,
  async prepare(_db, inputs, { role }) {
    return inputs.map(({ to, template, subject, variables }) => ({
      title: mailTitle({ template, subject, variables }, to),
      issues: restrictedFields({ template, variables }, role),
      ...(template === 'password-reset' ? { priority: 1 } : {}),
    }))
  },
})
