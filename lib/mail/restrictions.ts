import type { Viewer } from '@/lib/access/viewer'
import { config } from '@/lib/config/config'
import type { FieldIssue } from '@/lib/errors/app-error'
import { openTemplates, type TemplateName, templates } from './template-names'
import { linkOf, type Variables } from './variables'

/**
 * What of a mail is not for everybody to send: mail about accounts, and a foreign link behind a button
 * that readers take for this installation's own. An admin may send both.
 */
export function restrictedFields(
  { template, variables }: { template: TemplateName; variables: Variables },
  role: Viewer['role'],
): FieldIssue[] {
  if (role === 'ADMIN') return []
  if (templates[template].kind === 'security') {
    const message = `This mail is the system’s to send. Expected one of ${openTemplates.join(', ')}`
    return [{ path: 'template', message }]
  }
  const { origin } = new URL(config().appUrl)
  return templates[template].fields.flatMap(({ name, ownLink }) => {
    const link = ownLink ? linkOf(variables, name) : undefined
    if (!link || new URL(link).origin === origin) return []
    return [{ path: `variables.${name}`, message: `Expected a link that starts with ${origin}/` }]
  })
}
