import { z } from 'zod'
import { previewMail, type RenderedMail } from '@/lib/mail/render'
import { templateNames } from '@/lib/mail/template-names'

const content = z.object({
  template: z.enum(templateNames).catch('welcome'),
  subject: z.string().max(200).optional().catch(undefined),
  variables: z.record(z.string().max(64), z.unknown()).catch({}),
})

/** The mail as it will look; what cannot be used is left out. */
export function previewOf(input: unknown): Promise<RenderedMail> {
  const { template, subject, variables } = content.parse(Object(input))
  return previewMail({ template, variables, ...(subject ? { subject } : {}) })
}
