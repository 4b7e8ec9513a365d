import { givenSubject, type SubjectParts } from './subject'
import { templates } from './template-names'

/** A mail's parts, ready to be sent or shown. */
export type RenderedMail = { subject: string; html: string; text: string }

/**
 * Makes a mail of a template. No variable is required, unknown ones are ignored, and HTML in them
 * means itself. React is loaded at the first call.
 * @param mail.appUrl without a trailing slash
 * @param mail.resetUrl for `password-reset` only
 * @param mail.invitationUrl for `invitation` only
 * @param mail.optOutUrl for digests only
 */
export async function renderMail(
  mail: SubjectParts & {
    appUrl: string
    resetUrl?: string | undefined
    invitationUrl?: string | undefined
    optOutUrl?: string | undefined
  },
): Promise<RenderedMail> {
  const { template, subject: _subject, ...props } = mail
  const [{ createElement }, { render, toPlainText }, { components }] = await Promise.all([
    import('react'),
    import('@react-email/render'),
    import('./templates/templates'),
  ])
  const html = await render(createElement(components[template], props))
  return {
    subject: givenSubject(mail) ?? templates[template].subject,
    html,
    text: toPlainText(html, { selectors: plainText }),
  }
}

/** Plain text that does not shout. */
const plainText = [
  { selector: 'h1', options: { uppercase: false } },
  {
    selector: '[data-text-format="dataTable"]',
    format: 'dataTable',
    options: { uppercaseHeaderCells: false },
  },
]
