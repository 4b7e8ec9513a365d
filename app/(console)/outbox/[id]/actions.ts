'use server'

import { requireViewer } from '@/lib/auth/session'
import { formAction } from '@/lib/http/form-state'
import { showMailLink } from '@/lib/mail/outbox'

/** Shows an admin the link of a mail to somebody else; the answer carries it. */
export const showLink = formAction(requireViewer, async (viewer, { id = '' }) => ({
  secret: await showMailLink(viewer, id),
}))
