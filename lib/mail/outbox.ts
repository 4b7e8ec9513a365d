import { v7 as uuidv7 } from 'uuid'
import { ownedBy, requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { audit } from '@/lib/audit/audit'
import type { Mail } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { foundById, newestFirst, pageById } from '@/lib/db/page'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors/app-error'
import { UnreadableSecret } from '@/lib/secrets/secret-box'
import { hiddenLink, revealLink } from './secret-link'

/** A mail as lists show it, without its content. */
export type MailSummary = Omit<Mail, 'html' | 'text' | 'secretUrl'>

/** A mail as a person sees it. */
export type ShownMail = Omit<Mail, 'secretUrl'> & {
  /** It brings a link that opens an account, and the viewer does not see it. */
  linkHidden: boolean
}

/** Mails kept here that the viewer may see, newest first. */
export async function listMails(viewer: Viewer, page: PageRequest): Promise<Page<MailSummary>> {
  const rows = await prisma().mail.findMany({
    ...newestFirst(page, ownedBy(viewer)),
    omit: { html: true, text: true, secretUrl: true },
  })
  return pageById(rows, page)
}

/**
 * A mail kept here that the viewer may see. Its HTML is a whole document: show it in a sandbox. A link
 * that opens an account is in it for the person it is addressed to, for nobody else.
 * @throws {AppError} `not_found`, also for a mail of somebody else
 */
export async function getMail(viewer: Viewer, id: string): Promise<ShownMail> {
  const { secretUrl, ...mail } = await findMail(viewer, id)
  if (!secretUrl) return { ...mail, linkHidden: false }
  const { jobId, to } = mail
  const url = (await isAddressee(viewer, to)) ? readable({ secretUrl, jobId }) : undefined
  return url ? { ...revealLink(mail, url), linkHidden: false } : { ...mail, linkHidden: true }
}

/**
 * Shows an admin the link of a mail to somebody else, and writes down that it was shown.
 * @throws {AppError} `forbidden`; `not_found`, also for a mail without one
 */
export async function showMailLink(viewer: Viewer, id: string): Promise<string> {
  requireAdminViewer(viewer)
  const { secretUrl, jobId } = await findMail(viewer, id)
  const url = secretUrl ? readable({ secretUrl, jobId }) : undefined
  if (!url) throw notFound('A link in this mail')
  await transaction((tx) => audit(tx, viewer, 'mail.show-link', { type: 'mail', id }))
  return url
}

function findMail(viewer: Viewer, id: string): Promise<Mail> {
  const where = { id, ...ownedBy(viewer) }
  return foundById(id, 'This mail', () => prisma().mail.findFirst({ where }))
}

async function isAddressee({ userId }: Viewer, address: string): Promise<boolean> {
  const where = { id: userId, email: address.toLowerCase() }
  return (await prisma().user.count({ where })) > 0
}

/** Undefined when the installation's secret has changed, which ends every link made with it. */
function readable(mail: { secretUrl: string; jobId: string }): string | undefined {
  try {
    return hiddenLink(mail)
  } catch (error) {
    if (error instanceof UnreadableSecret) return undefined
    throw error
  }
}

/** Keeps a mail instead of sending it: one per job, however many attempts. Returns its id. */
export async function keepMail(mail: Omit<Mail, 'id' | 'createdAt'>): Promise<string> {
  const { jobId, ...content } = mail
  const { id } = await prisma().mail.upsert({
    where: { jobId },
    create: { id: uuidv7(), jobId, ...content },
    update: content,
    select: { id: true },
  })
  return id
}
