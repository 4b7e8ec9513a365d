import { type TemplateName, templates } from '@/lib/mail/template-names'

/** What the form holds, as typed. Fields of other templates stay, should one come back to them. */
export type MailValues = {
  template: TemplateName
  to: string
  subject: string
  variables: Record<string, string>
}

export const emptyMail: MailValues = { template: 'welcome', to: '', subject: '', variables: {} }

/** What of it goes into a mail: no empty fields, none of another template. */
export function sendable({ template, subject, variables }: MailValues) {
  const known = templates[template].fields.map(({ name }) => name)
  const given = Object.entries(variables).filter(
    ([name, value]) => known.includes(name) && value.trim() !== '',
  )
  return {
    template,
    ...(subject.trim() ? { subject: subject.trim() } : {}),
    variables: Object.fromEntries(given),
  }
}
