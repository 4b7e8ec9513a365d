import { z } from 'zod'
import { textsFor } from '@/app/_server/mail-list/texts'
import { config } from '@/lib/config/config'
import { type RenderedMail, renderMail } from '@/lib/mail/render'
import { templateNames, templates } from '@/lib/mail/template-names'

const content = z.object({
  template: z.enum(templateNames).catch('welcome'),
  subject: z.string().max(200).optional().catch(undefined),
  variables: z.record(z.string().max(64), z.unknown()).catch({}),
  cells: z.record(z.string(), z.string()).optional().catch(undefined),
})

/**
 * The mail as it will be sent, to the person of a list whose `cells` are given; what cannot be used is
 * left out. Links that are made for each reader lead nowhere yet.
 */
export function previewOf(input: unknown): Promise<RenderedMail> {
  const { cells, template, ...given } = content.parse(Object(input))
  const { appUrl } = config()
  const { fields, kind } = templates[template]
  const optOutUrl = kind === 'digest' ? `${appUrl}/unsubscribe` : undefined
  if (!cells) return renderMail({ ...given, template, appUrl, optOutUrl })
  const texts = Object.entries(given.variables).map(([name, text]) => [name, String(text)])
  const shared = { ...given, variables: Object.fromEntries(texts) }
  return renderMail({ ...textsFor(shared, cells, fields), template, appUrl, optOutUrl })
}
