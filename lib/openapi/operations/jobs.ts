import { z } from 'zod'
import { bulkRequestSchema } from '@/lib/jobs/bulk/ask'
import { filterQuerySchema } from '@/lib/jobs/filter'
import { jobQuerySchema, logQuerySchema } from '@/lib/jobs/list'
import { jobTypeViewSchema } from '@/lib/jobs/type-view'
import { attemptViewSchema, jobViewSchema, logViewSchema } from '@/lib/jobs/view'
import { location, one, pageOf } from '@/lib/openapi/answers'
import { exampleAttempt, exampleJob, exampleJobType, exampleLogLine } from '@/lib/openapi/examples'
import type { Operation } from '@/lib/openapi/operation'
import { anySubmission, inputExamples } from '@/lib/openapi/submissions'

const job = (description: string) => one('job', jobViewSchema, exampleJob, description)

/** Jobs: create, list, look at, change. */
export const jobOperations: Operation[] = [
  {
    id: 'createJob',
    method: 'POST',
    path: '/api/v1/jobs',
    tag: 'Jobs',
    summary: 'Create a job',
    description:
      'The job exists once this answers, even while the queue is down. A repeated idempotency key, and work that is under way already, answer 200 with the job that exists.',
    scope: 'jobs:write',
    headers: {
      'Idempotency-Key': 'Unique per caller and job type; the same as the field `idempotencyKey`.',
    },
    body: {
      schema: anySubmission,
      examples: Object.fromEntries(
        [...inputExamples].map(([type, input]) => [type, { value: { type, input } }]),
      ),
    },
    answers: {
      202: { ...job('It was created.'), headers: location },
      200: { ...job('It existed already.'), headers: location },
    },
    errors: { 409: 'The idempotency key was used with another input.' },
  },
  {
    id: 'listJobs',
    method: 'GET',
    path: '/api/v1/jobs',
    tag: 'Jobs',
    summary: 'List jobs',
    description:
      'Newest first. `q` looks into titles, inputs, tags and errors; `from` ≤ created < `to`, `endedFrom` ≤ ended < `endedTo`. An `input` or `result` longer than 16 kB is `null` here, and named in `omitted`: the job itself has it.',
    scope: 'jobs:read',
    query: jobQuerySchema,
    answers: { 200: pageOf(jobViewSchema, exampleJob, 'A page of jobs.') },
  },
  {
    id: 'exportJobs',
    method: 'GET',
    path: '/api/v1/jobs.csv',
    tag: 'Jobs',
    summary: 'Export jobs as CSV',
    description:
      'All jobs that match, newest first, one a line (RFC 4180, UTF-8); admins get a column with the owner. Filters are those of the list.',
    scope: 'jobs:read',
    query: filterQuerySchema,
    answers: {
      200: {
        description: 'The file, as it is being read.',
        contentType: 'text/csv',
        headers: { 'Content-Disposition': 'A name made of the filters and the day.' },
      },
    },
  },
  {
    id: 'changeMatchingJobs',
    method: 'POST',
    path: '/api/v1/jobs/actions',
    tag: 'Jobs',
    summary: 'Retry, cancel, promote or delete all that match',
    description:
      'A job of its own does it, with progress, and ends with `result: { matched, changed, skipped }`. It is about jobs that exist by now: the caller’s own, or everybody’s for an admin. `retry` is for failed and canceled jobs, `cancel` for those that have not ended, `promote` for those that wait for a time and are due now, `delete` for those that have ended, with the files they made.',
    scope: 'jobs:write',
    body: {
      schema: bulkRequestSchema,
      examples: {
        retry: {
          summary: 'Run again what failed',
          value: { action: 'retry', filter: { status: 'failed', type: 'webhook' } },
        },
        cancel: {
          summary: 'Stop what waits under a tag',
          value: { action: 'cancel', filter: { tag: 'spring' } },
        },
      },
    },
    answers: { 202: { ...job('The job that does it.'), headers: location } },
    errors: { 409: 'Three of the caller’s are under way already.' },
  },
  {
    id: 'getJob',
    method: 'GET',
    path: '/api/v1/jobs/{id}',
    tag: 'Jobs',
    summary: 'Show a job',
    scope: 'jobs:read',
    answers: { 200: job('The job.') },
  },
  {
    id: 'deleteJob',
    method: 'DELETE',
    path: '/api/v1/jobs/{id}',
    tag: 'Jobs',
    summary: 'Delete an ended job',
    description: 'With its attempts and log. Files it made stay.',
    scope: 'jobs:write',
    answers: { 200: job('What it was.') },
    errors: { 409: 'It has not ended.' },
  },
  {
    id: 'cancelJob',
    method: 'POST',
    path: '/api/v1/jobs/{id}/cancel',
    tag: 'Jobs',
    summary: 'Cancel a job',
    description:
      'One that waits ends now: `canceled`. A running one is told to stop, wherever it runs, and never runs again: `canceling`; it may still complete. Asking again answers the same.',
    scope: 'jobs:write',
    answers: {
      200: {
        description: 'The job, and what became of it.',
        schema: z.object({ job: jobViewSchema, cancel: z.enum(['canceled', 'canceling']) }),
        example: { job: exampleJob, cancel: 'canceled' },
      },
    },
    errors: { 409: 'It has completed or failed.' },
  },
  {
    id: 'retryJob',
    method: 'POST',
    path: '/api/v1/jobs/{id}/retry',
    tag: 'Jobs',
    summary: 'Retry a job',
    description: 'A failed or canceled job gets as many new attempts as its type allows.',
    scope: 'jobs:write',
    answers: { 200: job('The job, queued again.') },
    errors: {
      409: 'It has not failed or been canceled, what it was to do was removed, or the same work is under way.',
    },
  },
  {
    id: 'listAttempts',
    method: 'GET',
    path: '/api/v1/jobs/{id}/attempts',
    tag: 'Jobs',
    summary: 'List a job’s attempts',
    scope: 'jobs:read',
    answers: { 200: pageOf(attemptViewSchema, exampleAttempt, 'All attempts, in order.') },
  },
  {
    id: 'listLogs',
    method: 'GET',
    path: '/api/v1/jobs/{id}/logs',
    tag: 'Jobs',
    summary: 'Read a job’s log',
    scope: 'jobs:read',
    query: logQuerySchema,
    answers: { 200: pageOf(logViewSchema, exampleLogLine, 'Lines, oldest first.') },
  },
  {
    id: 'followJob',
    method: 'GET',
    path: '/api/v1/jobs/{id}/events',
    tag: 'Live',
    summary: 'Follow a job',
    description:
      'Server-sent events: `job` as it is and at each change, `attempt` and `log` as they come, `gone` when it is deleted, and `end` when it has ended. `Last-Event-ID` goes on after that log line.',
    scope: 'jobs:read',
    headers: { 'Last-Event-ID': 'The id of the last event that was seen.' },
    answers: {
      200: {
        description: 'The stream, until the job ends.',
        contentType: 'text/event-stream',
        schema: z.string(),
        example: `event: job\ndata: {"id":"${exampleJob.id}","status":"active"}\n\n`,
      },
    },
  },
  {
    id: 'listJobTypes',
    method: 'GET',
    path: '/api/v1/job-types',
    tag: 'Jobs',
    summary: 'List job types',
    description: 'Each with the JSON Schema of its input and its defaults.',
    scope: 'jobs:read',
    answers: { 200: pageOf(jobTypeViewSchema, exampleJobType, 'All types, on one page.') },
  },
]
