import { truncate } from '@/lib/format/truncate'
import { type TemplateName, templates } from './template-names'
import { lineOf, type Variables } from './variables'

/** Longest subject in a title: the address after it is to be read as well. */
const MAX_SUBJECT = 100

/** What decides a mail's subject. */
export type SubjectParts = {
  template: TemplateName
  subject?: string | undefined
  variables: Variables
}

/** The subject that a mail was given, or that one of its variables is; undefined where its template's own is used. */
export function givenSubject({ template, subject, variables }: SubjectParts): string | undefined {
  const given = (subject ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const { subjectVariable } = templates[template]
  return given || (subjectVariable && lineOf(variables, subjectVariable)?.trim()) || undefined
}

/** A mail's job in a few words: its subject, or what it is, and its recipient. */
export function mailTitle(parts: SubjectParts, to: string): string {
  const subject = givenSubject(parts)
  if (!subject) return `${templates[parts.template].label} mail to ${to}`
  const short = truncate(subject, MAX_SUBJECT)
  return `${short === subject ? subject : `${short}…`} → ${to}`
}
