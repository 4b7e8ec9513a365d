import { config } from '@/lib/config/config'
import { keepMail } from '@/lib/mail/outbox'
import { renderMail } from '@/lib/mail/render'
import { hideLink } from '@/lib/mail/secret-link'
import { templates } from '@/lib/mail/template-names'
import { unsubscribeUrl } from '@/lib/suppressions/unsubscribe'
import type { Handler } from '@/workers/runtime/handler'
import { accountLink } from './email/account-link'
import { handOver, type Message } from './email/smtp'
import { refuseSuppressed } from './email/suppressed'

/**
 * Makes a mail of its template and hands it to the SMTP server, or keeps it in the outbox where
 * none is configured. Every attempt carries the same Message-ID.
 */
export const email: Handler<'email'> = async (job) => {
  const { input, jobId, ownerId, signal } = job
  const { appUrl, mail } = config()
  const { template, subject, variables } = input
  const account = await accountLink(input)
  const secretUrl = account.resetUrl ?? account.invitationUrl
  if (!secretUrl) await refuseSuppressed(job)
  const isDigest = templates[template].kind === 'digest'
  const optOutUrl = isDigest && ownerId ? unsubscribeUrl({ ownerId, email: input.to }) : undefined
  const links = { ...account, optOutUrl }
  const content = await renderMail({ template, subject, variables, appUrl, ...links })
  const messageId = `<${jobId}@${new URL(appUrl).hostname}>`
  const envelope = { jobId, messageId, from: mail.from, to: input.to }
  const message: Message = { ...envelope, ...content, optOutUrl }
  signal.throwIfAborted()
  if (mail.smtpUrl) {
    const answer = await handOver(message, mail.smtpUrl, signal)
    job.log(`Handed to ${answer.host}: ${answer.response}`)
    return { messageId, delivery: 'smtp' }
  }
  const kept = secretUrl ? hideLink(content, secretUrl, jobId) : { ...content, secretUrl: null }
  const mailId = await keepMail({ ...envelope, ...kept, ownerId })
  job.log('Kept in the outbox: no SMTP server is configured')
  return { messageId, delivery: 'outbox', mailId }
}
