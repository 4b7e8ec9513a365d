import { validate as isUuid, v7 as uuidv7 } from 'uuid'
import { ownedBy, type Viewer } from '@/lib/auth/viewer'
import type { Mail } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { notFound } from '@/lib/errors/app-error'
import type { Page, PageRequest } from '@/lib/jobs/list'

/** A mail as lists show it, without its content. */
export type MailSummary = Omit<Mail, 'html' | 'text'>

/** Mails kept here that the viewer may see, newest first. */
export async function listMails(
  viewer: Viewer,
  { limit, cursor }: PageRequest,
): Promise<Page<MailSummary>> {
  const rows = await prisma().mail.findMany({
    where: { ...ownedBy(viewer), ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    omit: { html: true, text: true },
  })
  const data = rows.slice(0, limit)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/**
 * A mail kept here that the viewer may see. Its HTML is a whole document: show it in a sandbox.
 * @throws {AppError} `not_found`, also for a mail of somebody else
 */
export async function getMail(viewer: Viewer, id: string): Promise<Mail> {
  const mail = isUuid(id)
    ? await prisma().mail.findFirst({ where: { id, ...ownedBy(viewer) } })
    : undefined
  if (!mail) throw notFound('This mail')
  return mail
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
