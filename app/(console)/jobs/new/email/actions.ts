'use server'

import { requireViewer } from '@/app/_server/auth/session'
import type { RenderedMail } from '@/lib/mail/render'
import { previewOf } from './preview-of'

/** The mail as it will look. */
export async function preview(input: unknown): Promise<RenderedMail> {
  await requireViewer()
  return previewOf(input)
}
