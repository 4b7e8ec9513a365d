import { z } from 'zod'
import { config } from '@/lib/config/config'
import { prisma } from '@/lib/db/prisma'
import { AppError } from '@/lib/errors/app-error'
import { mailAddress } from '@/lib/mail/fields'
import { isSameSecret, signatureOf } from '@/lib/secrets/sign'
import { suppressionKey } from './list'

/** Whose mail an address no longer wants. */
type OptOut = { ownerId: string; email: string }

const claim = z.strictObject({ ownerId: z.uuid(), email: mailAddress })

/**
 * Signs what an unsubscribe link asks for, so that nobody can opt out for others. It has no end:
 * mail is read late.
 */
export function unsubscribeToken({ ownerId, email }: OptOut): string {
  const claimed = JSON.stringify({ ownerId, email: suppressionKey(email) })
  return `${Buffer.from(claimed).toString('base64url')}.${signatureOf(`unsubscribe:${claimed}`)}`
}

/** Null for a token this installation did not sign. */
export function readUnsubscribeToken(token: string): OptOut | null {
  const [body = '', signature = '', ...rest] = token.split('.')
  const claimed = Buffer.from(body, 'base64url').toString('utf8')
  if (rest.length > 0 || !isSameSecret(signature, signatureOf(`unsubscribe:${claimed}`)))
    return null
  return claim.parse(JSON.parse(claimed))
}

/** Where a mail program opts its reader out with one POST (RFC 8058); a GET shows a page that asks. */
export function unsubscribeUrl(optOut: OptOut): string {
  return `${config().appUrl}/api/unsubscribe?token=${unsubscribeToken(optOut)}`
}

/**
 * Puts the reader of a mail on its sender's suppression list. Doing so twice changes nothing.
 * @throws {AppError} `not_found` for a token this installation did not sign
 */
export async function unsubscribe(token: string): Promise<OptOut> {
  const optOut = readUnsubscribeToken(token)
  if (!optOut) {
    throw new AppError('not_found', 'This link is not complete. Copy all of it from the mail.')
  }
  const { ownerId, email } = optOut
  await prisma().$executeRaw`
    INSERT INTO "Suppression" ("ownerId", email, reason)
    SELECT id, ${email}, 'OPT_OUT' FROM "User" WHERE id = ${ownerId}::uuid
    ON CONFLICT DO NOTHING`
  return optOut
}
