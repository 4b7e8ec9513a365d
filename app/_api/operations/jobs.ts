import { z } from 'zod'
import { fileNames } from '@/app/_server/files/content-headers'
import { readJson } from '@/app/_server/http/read-json'
import { streamOf } from '@/app/_server/http/stream-of'
import { askForBulk, bulkRequestSchema } from '@/app/_server/jobs/ask'
import { exportJobs, exportName } from '@/app/_server/jobs/export'
import { idempotencyHeader, withHeaderKey } from '@/app/_server/jobs/idempotency-key'
import { submissionSchema, submitJob } from '@/app/_server/jobs/submit'
import { jobTypeView, jobTypeViewSchema } from '@/app/_server/jobs/type-view'
import { definitions } from '@/lib/jobs/catalog'
import { filterQuerySchema, jobFilterSchema } from '@/lib/jobs/lists/filter'
import { jobQuerySchema, listJobs, logQuerySchema } from '@/lib/jobs/lists/list'
import { listedViews, summaryViews } from '@/lib/jobs/lists/listed'
import { getJob, listAttempts, listLogs } from '@/lib/jobs/read'
import { cancelJob } from '@/lib/jobs/transitions/cancel'
import { removeJob } from '@/lib/jobs/transitions/remove'
import { retryJob } from '@/lib/jobs/transitions/retry'
import {
  attemptView,
  attemptViewSchema,
  jobView,
  jobViewSchema,
  logView,
  logViewSchema,
} from '@/lib/jobs/view'
import { jobViewWithWaiting } from '@/lib/jobs/waiting/why'
import { job, newJob, object, pageOf, shown } from '../answers'
import { exampleAttempt, exampleJob, exampleJobType, exampleLogLine } from '../examples'
import { operation, Reply, tagged } from '../operation'
import { anySubmission, inputExamples } from './submissions'

/** Jobs: create, list, look at, change. */
export const jobOperations = tagged('Jobs', {
  createJob: operation('POST', '/api/v1/jobs', {
    summary: 'Create a job',
    description:
      'The job is stored once this answers, even while the queue is down. A repeated idempotency key, or the same work already under way, answers 200 with the existing job.',
    scope: 'jobs:write',
    headers: idempotencyHeader,
    body: {
      schema: anySubmission,
      examples: Object.fromEntries(
        [...inputExamples].map(([type, input]) => [type, { value: { type, input } }]),
      ),
    },
    answers: { 202: newJob('The new job.'), 200: newJob('The existing job.') },
    errors: { 409: 'The idempotency key was used with a different input.' },
    async handle({ viewer, request }) {
      const submission = withHeaderKey(await readJson(request, submissionSchema), request)
      const submitted = await submitJob(viewer, submission)
      return new Reply(submitted.created ? 202 : 200, { job: jobView(submitted.job) })
    },
  }),
  listJobs: operation('GET', '/api/v1/jobs', {
    summary: 'List jobs',
    description:
      'Newest first. `q` searches titles, inputs, tags and errors. `from` ≤ created < `to`; `endedFrom` ≤ ended < `endedTo`. An `input` or `result` over 16 kB is `null` here and listed in `omitted`; get the job itself to see it.',
    scope: 'jobs:read',
    query: jobQuerySchema,
    answers: { 200: pageOf(jobViewSchema, exampleJob, 'A page of jobs.') },
    async handle({ viewer, query: { limit, cursor, summary, ...filter } }) {
      const { data, nextCursor } = await listJobs(viewer, filter, { limit, cursor })
      return { data: summary === 'true' ? summaryViews(data) : await listedViews(data), nextCursor }
    },
  }),
  exportJobs: operation('GET', '/api/v1/jobs.csv', {
    summary: 'Export jobs as CSV',
    description:
      'Every matching job, newest first, one per line (RFC 4180, UTF-8). Takes the same filters as the list; admins get a column with the owner.',
    scope: 'jobs:read',
    query: filterQuerySchema,
    answers: {
      200: {
        description: 'The file, streamed.',
        contentType: 'text/csv',
        headers: { 'Content-Disposition': 'A name made from the filters and the date.' },
      },
    },
    handle({ viewer, query }) {
      const lines = exportJobs(viewer, jobFilterSchema.parse(query))
      return new Response(streamOf(lines), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; ${fileNames(exportName(query, new Date()))}`,
          'x-content-type-options': 'nosniff',
        },
      })
    },
  }),
  changeMatchingJobs: operation('POST', '/api/v1/jobs/actions', {
    summary: 'Retry, cancel, promote or delete all matching jobs',
    description:
      'Starts a job that does it, shows its progress, and ends with `result: { matched, changed, skipped }`. It covers the jobs that exist now: your own, or everyone’s for an admin. `retry` takes failed and canceled jobs, `cancel` those that have not ended, `promote` those waiting for a time, which are then due at once, and `delete` those that have ended; the files they made are kept unless `deleteFiles` is true.',
    scope: 'jobs:write',
    body: {
      schema: bulkRequestSchema,
      examples: {
        retry: {
          summary: 'Run failed webhooks again',
          value: { action: 'retry', filter: { status: 'failed', type: 'webhook' } },
        },
        cancel: {
          summary: 'Stop everything with a tag',
          value: { action: 'cancel', filter: { tag: 'spring' } },
        },
      },
    },
    answers: { 202: newJob('The job that does it.') },
    errors: { 409: 'Three of yours are already under way.' },
    handle: async ({ viewer, body }) => ({ job: jobView(await askForBulk(viewer, await body())) }),
  }),
  getJob: operation('GET', '/api/v1/jobs/{id}', {
    summary: 'Get a job',
    scope: 'jobs:read',
    answers: { 200: job('The job.') },
    handle: async ({ viewer, id }) => ({ job: await jobViewWithWaiting(await getJob(viewer, id)) }),
  }),
  deleteJob: operation('DELETE', '/api/v1/jobs/{id}', {
    summary: 'Delete an ended job',
    description: 'Deletes its attempts and log too. Files it made are kept.',
    scope: 'jobs:write',
    answers: { 200: job('The deleted job.') },
    errors: { 409: 'It has not ended.' },
    handle: async ({ viewer, id }) => ({ job: jobView(await removeJob(viewer, id)) }),
  }),
  cancelJob: operation('POST', '/api/v1/jobs/{id}/cancel', {
    summary: 'Cancel a job',
    description:
      'A waiting job ends now: `canceled`. A running one is told to stop and never runs again: `canceling`; it may still complete. Repeating the call gives the same answer.',
    scope: 'jobs:write',
    answers: {
      200: object(
        { job: jobViewSchema, cancel: z.enum(['canceled', 'canceling']) },
        { job: exampleJob, cancel: 'canceled' },
        'The job, and what happened to it.',
      ),
    },
    errors: { 409: 'It has already completed or failed.' },
    async handle({ viewer, id }) {
      const { job, cancel } = await cancelJob(viewer, id)
      return { job: jobView(job), cancel }
    },
  }),
  retryJob: operation('POST', '/api/v1/jobs/{id}/retry', {
    summary: 'Retry a job',
    description: 'A failed or canceled job gets all the attempts of its type again.',
    scope: 'jobs:write',
    answers: { 200: job('The job, queued again.') },
    errors: {
      409: 'It has not failed or been canceled, its input was removed, or the same work is under way.',
    },
    handle: async ({ viewer, id }) => ({ job: jobView(await retryJob(viewer, id)) }),
  }),
  listAttempts: operation('GET', '/api/v1/jobs/{id}/attempts', {
    summary: 'List a job’s attempts',
    scope: 'jobs:read',
    answers: { 200: pageOf(attemptViewSchema, exampleAttempt, 'All attempts, in order.') },
    handle: async ({ viewer, id }) =>
      shown({ data: await listAttempts(viewer, id), nextCursor: null }, attemptView),
  }),
  listLogs: operation('GET', '/api/v1/jobs/{id}/logs', {
    summary: 'Read a job’s log',
    scope: 'jobs:read',
    query: logQuerySchema,
    answers: { 200: pageOf(logViewSchema, exampleLogLine, 'Lines, oldest first.') },
    handle: async ({ viewer, id, query }) => shown(await listLogs(viewer, id, query), logView),
  }),
  listJobTypes: operation('GET', '/api/v1/job-types', {
    summary: 'List job types',
    description: 'Each with its defaults and the JSON Schema of its input.',
    scope: 'jobs:read',
    answers: { 200: pageOf(jobTypeViewSchema, exampleJobType, 'All types, on one page.') },
    handle() {
      const data = definitions.filter(({ userFacing }) => userFacing)
      return shown({ data, nextCursor: null }, jobTypeView)
    },
  }),
})
