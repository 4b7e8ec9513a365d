'use server'

import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { showMailLink } from '@/lib/mail/outbox'

/** Shows an admin the link of a mail to somebody else; the answer carries it. */
export const showLink = formAction(requireViewer, async (viewer, { id = '' }) => ({
  secret: await showMailLink(viewer, id),
}))
