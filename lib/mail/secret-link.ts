import type { Mail } from '@/lib/db/generated/client'
import { MASK } from '@/lib/secrets/mask'
import { open, seal } from '@/lib/secrets/secret-box'
import type { RenderedMail } from './render'

/** A mail whose link to an account is kept apart from it. */
export type KeptContent = RenderedMail & Pick<Mail, 'secretUrl'>

/** The mail as it may lie open: the link's token is masked, and the link itself encrypted. */
export function hideLink(mail: RenderedMail, url: string, jobId: string): KeptContent {
  return { ...replaced(mail, url, masked(url)), secretUrl: seal(url, purpose(jobId)) }
}

/**
 * The link that was hidden.
 * @throws {UnreadableSecret} when the installation's secret has changed since
 */
export function hiddenLink(mail: { secretUrl: string; jobId: string }): string {
  return open(mail.secretUrl, purpose(mail.jobId))
}

/** The mail as its reader would have got it, with the link that was hidden. */
export function revealLink<M extends RenderedMail>(mail: M, url: string): M {
  return replaced(mail, masked(url), url)
}

function replaced<M extends RenderedMail>(mail: M, from: string, to: string): M {
  const change = (text: string) => text.replaceAll(from, () => to)
  const { subject, html, text } = mail
  return { ...mail, subject: change(subject), html: change(html), text: change(text) }
}

function masked(url: string): string {
  const [page] = url.split('?token=', 1)
  return `${page}?token=${MASK}`
}

function purpose(jobId: string): string {
  return `mail link of job ${jobId}`
}
