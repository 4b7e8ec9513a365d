import { z } from 'zod'
import { jobStream } from '@/app/_server/live/job-stream'
import { viewerStream } from '@/app/_server/live/viewer-stream'
import { AppError } from '@/lib/errors/app-error'
import { getJob } from '@/lib/jobs/read'
import { exampleIds } from '../examples'
import { operation, tagged } from '../operation'

const stream = (description: string, example: string) => ({
  description,
  contentType: 'text/event-stream',
  schema: z.string(),
  example,
})

/** Changes as they happen, as server-sent events. */
export const liveOperations = tagged('Live', {
  followJob: operation('GET', '/api/v1/jobs/{id}/events', {
    summary: 'Follow a job',
    description:
      'Server-sent events: `job` now and at each change, `attempt` and `log` as they come, `gone` when it is deleted, and `end` when it has ended. `Last-Event-ID` resumes after that log line.',
    scope: 'jobs:read',
    headers: { 'Last-Event-ID': 'The id of the last event you received.' },
    answers: {
      200: stream(
        'The stream, until the job ends.',
        `event: job\ndata: {"id":"${exampleIds.job}","status":"active"}\n\n`,
      ),
    },
    async handle({ viewer, id, request }) {
      const job = await getJob(viewer, id)
      return jobStream(viewer, job.id, request)
    },
  }),
  followJobs: operation('GET', '/api/v1/live', {
    summary: 'Follow all your jobs',
    description:
      'Server-sent events: `job` at each change, `gone` when one is deleted, and `gap` when changes were missed: then read the list again.',
    scope: 'jobs:read',
    query: z.object({
      // Anything else has always meant one's own.
      scope: z
        .enum(['all'])
        .optional()
        .catch(undefined)
        .meta({ description: 'Everyone’s jobs; admins only.' }),
    }),
    answers: {
      200: stream('The stream, until you close it.', 'event: job\ndata: {"status":"active"}\n\n'),
    },
    handle({ viewer, query, request }) {
      const everybody = query.scope === 'all'
      if (everybody && viewer.role !== 'ADMIN') {
        throw new AppError('forbidden', 'Only an admin may follow everybody’s jobs.')
      }
      // The console's own pages say what they have seen already.
      const mark = new URL(request.url).searchParams.get('mark') ?? undefined
      return viewerStream(viewer, everybody, request, mark)
    },
  }),
})
