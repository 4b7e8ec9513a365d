import type { ReactNode } from 'react'
import { accountOf } from '@/app/_server/auth/account'
import type { RecordChoices } from '@/app/_server/forms/records'
import type { FormType } from '@/app/_server/forms/submit'
import { DEFAULT_STAGGER_MS } from '@/app/_server/mail-list/send'
import type { Viewer } from '@/lib/access/viewer'
import { catalog } from '@/lib/jobs/catalog'
import { ListFields } from './email/list-fields'
import { MailPreview } from './email/preview'
import { previewOf } from './email/preview-of'
import { ImagePreview } from './image/preview'
import { ImageWords } from './image/what-will-happen'
import { ReportWords } from './report/what-will-happen'
import { RequestPreview } from './webhook/request-preview'

/** What stands around the form of a type, where it deserves more than its fields. */
type Side = { preview?: ReactNode; will?: ReactNode; list?: ReactNode }

const sides: Record<string, (input: unknown) => Side | Promise<Side>> = {
  email: async (input) => ({
    preview: <MailPreview first={await previewOf(input)} />,
    list: (
      <ListFields
        staggerMs={DEFAULT_STAGGER_MS}
        rateLimit={catalog.email.declaredQueue.rateLimit}
      />
    ),
  }),
  image: () => ({ preview: <ImagePreview />, will: <ImageWords /> }),
  report: () => ({ will: <ReportWords /> }),
  webhook: () => ({ preview: <RequestPreview /> }),
}

/** What stands around the form of this type; nothing for most. */
export async function sideOf(type: string, input: unknown): Promise<Side> {
  return (await sides[type]?.(input)) ?? {}
}

/** The input a new form begins with: the definition's, and what only this person has. */
export async function startOf({ type, start }: FormType, viewer: Viewer, records: RecordChoices) {
  const own: Record<string, unknown> = {}
  if (type === 'webhook') own.endpointId = records.endpoint[0]?.value
  if (type === 'report') own.timezone = (await accountOf(viewer)).timezone ?? undefined
  return typeof start === 'object' ? { ...start, ...own } : start
}
