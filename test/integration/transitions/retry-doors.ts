import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { askForBulk } from '@/app/_server/jobs/ask'
import { retryFailed } from '@/app/(console)/batches/[id]/actions'
import { retry } from '@/app/(console)/jobs/[id]/actions'
import { changeAllThatMatch, changeChosen } from '@/app/(console)/jobs/actions'
import { recover as recoverAll } from '@/app/(console)/webhooks/actions'
import { actingAs } from '@/app/admin/queues/actor'
import { recorded } from '@/app/admin/queues/recorded-entry'
import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { queue } from '@/lib/queue/backend'
import { addEntries } from '@/lib/queue/entries'
import { type ApiUser, callApi } from '@/test/support/api'
import { runBulkActions } from '@/test/support/bulk'

/** A failed webhook of a batch, to an endpoint of its owner's. */
export type Failed = { job: Job; owner: ApiUser; admin: Viewer; endpointId: string }

/** Every way in which somebody can have a job retried. */
export const doors: Record<string, (failed: Failed) => Promise<unknown>> = {
  'the API': ({ job, owner }) => callApi(`POST /api/v1/jobs/${job.id}/retry`, owner),
  'the page of the job': ({ job }) => retry(blank, formOf({ id: job.id })),
  'the list, chosen by hand': ({ job }) =>
    changeChosen(blank, formOf({ job: job.id, what: 'retry' })),
  'all that match': async ({ owner }) => {
    const filter = { status: 'failed' }
    const ann = { userId: owner.userId, role: 'USER' } as const
    await askForBulk(ann, { action: 'retry', filter })
    await runBulkActions()
  },
  'all that match, over the API': async ({ owner }) => {
    const body = { action: 'retry', filter: { status: 'failed' } }
    await callApi('POST /api/v1/jobs/actions', owner, { body })
    await runBulkActions()
  },
  'the page of the queue': async ({ job }) => {
    // It leads to the job that does it.
    const fields = { action: 'retry', queue: job.queue, status: 'failed' }
    await changeAllThatMatch(blank, formOf(fields)).catch(() => undefined)
    expect(await runBulkActions()).toHaveLength(1)
  },
  'Bull Board': async ({ job, admin }) => {
    await addEntries(job.queue, [{ ...job, delayMs: 60_000 }])
    const entry = await (await queue(job.queue)).getJob(job.id)
    if (!entry) throw new Error('The queue has no entry of it')
    await actingAs(admin, () => recorded(entry).retry())
  },
  'the command line': ({ job }) =>
    promisify(execFile)(process.execPath, ['bin/cli.mjs', 'job', 'retry', job.id]),
  'its batch': ({ job, owner }) => callApi(`POST /api/v1/batches/${job.batchId}/retry`, owner),
  'the page of its batch': ({ job }) => retryFailed(blank, formOf({ id: job.batchId ?? '' })),
  'its endpoint': ({ owner, endpointId }) =>
    callApi(`POST /api/v1/webhook-endpoints/${endpointId}/recover`, owner, {
      body: { since: new Date(0).toISOString() },
    }),
  'the page of its endpoint': ({ endpointId }) =>
    recoverAll(blank, formOf({ id: endpointId, since: new Date(0).toISOString() })),
}

const blank = { status: 'new', errors: {}, values: {} } as const

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}
