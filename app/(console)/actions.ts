'use server'

import { createReadStream } from 'node:fs'
import path from 'node:path'
import { redirect } from 'next/navigation'
import { accountOf } from '@/app/_server/auth/account'
import { requireViewer } from '@/app/_server/auth/session'
import { storeUpload } from '@/app/_server/files/upload'
import { formAction } from '@/app/_server/forms/form-state'
import { transaction } from '@/lib/db/transaction'
import { lastDays } from '@/lib/reports/range'
import { processImage, scheduleReport, sendEmail } from '@/lib/services/jobs'

const SAMPLE_IMAGE = 'river-mill.jpg'

/** Sends the welcome mail to whoever asks. */
export const runMailSample = formAction(requireViewer, async ({ email, name, userId }) => {
  const mail = { to: email, template: 'welcome', variables: { name } } as const
  const { job } = await transaction((tx) => sendEmail(tx, mail, sampleOf(userId)))
  redirect(`/jobs/${job.id}`)
})

/** Resizes and watermarks the picture that comes with the program. */
export const runImageSample = formAction(requireViewer, async (viewer) => {
  const picture = path.join(process.cwd(), 'public', 'samples', SAMPLE_IMAGE)
  const file = await storeUpload(viewer, {
    name: SAMPLE_IMAGE,
    stream: createReadStream(picture),
  })
  const { job } = await transaction((tx) =>
    processImage(
      tx,
      {
        fileId: file.id,
        operations: [
          { type: 'resize', width: 800 },
          { type: 'watermark', text: '© Millrace' },
        ],
        format: 'webp',
        quality: 85,
      },
      sampleOf(viewer.userId),
    ),
  )
  redirect(`/jobs/${job.id}`)
})

/** Reports on the last 7 days of whoever asks, today included. */
export const runReportSample = formAction(requireViewer, async (viewer) => {
  const timezone = (await accountOf(viewer)).timezone ?? 'UTC'
  const days = lastDays(7, new Date(), timezone)
  const report = { period: 'daily', ...days, format: 'pdf', timezone } as const
  const { job } = await transaction((tx) => scheduleReport(tx, report, sampleOf(viewer.userId)))
  redirect(`/jobs/${job.id}`)
})

function sampleOf(ownerId: string) {
  return { ownerId, tags: ['sample'] }
}
