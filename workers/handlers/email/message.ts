import type { RenderedMail } from '@/lib/mail/render'

/** A mail with its envelope. */
export type Message = RenderedMail & {
  jobId: string
  /** With its angle brackets; the same for every attempt. */
  messageId: string
  from: string
  /** One address. */
  to: string
  /** Where one POST takes the reader off the list; for mail that comes without being asked for. */
  optOutUrl: string | undefined
}
