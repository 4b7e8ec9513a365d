import type { Variables } from '../variables'

/** What every template is given. */
export type TemplateProps = {
  variables: Variables
  /** Without a trailing slash. */
  appUrl: string
  /** Of a password reset, made when the mail is sent; never part of the job's variables. */
  resetUrl?: string | undefined
  /** Of an invitation, made in the same way. */
  invitationUrl?: string | undefined
  /** Of a digest: where its reader unsubscribes. */
  optOutUrl?: string | undefined
}
