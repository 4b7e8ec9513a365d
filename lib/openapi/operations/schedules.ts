import { pageSchema } from '@/lib/jobs/list'
import { jobViewSchema } from '@/lib/jobs/view'
import { location, one, pageOf } from '@/lib/openapi/answers'
import { exampleJob, exampleSchedule } from '@/lib/openapi/examples'
import type { Operation } from '@/lib/openapi/operation'
import { newScheduleSchema, scheduleChangesSchema } from '@/lib/schedules/fields'
import { scheduleViewSchema } from '@/lib/schedules/view'

const { name, type, input, cron, timezone } = exampleSchedule

const schedule = (description: string) =>
  one('schedule', scheduleViewSchema, exampleSchedule, description)

/** Schedules: jobs that come again and again. */
export const scheduleOperations: Operation[] = [
  {
    id: 'createSchedule',
    method: 'POST',
    path: '/api/v1/schedules',
    tag: 'Schedules',
    summary: 'Create a schedule',
    description: 'A cron pattern, seconds optional, in an IANA time zone; one job per fire time.',
    scope: 'jobs:write',
    body: {
      schema: newScheduleSchema,
      examples: { monday: { value: { name, type, input, cron, timezone } } },
    },
    answers: { 201: { ...schedule('It is created.'), headers: location } },
  },
  {
    id: 'listSchedules',
    method: 'GET',
    path: '/api/v1/schedules',
    tag: 'Schedules',
    summary: 'List schedules',
    description: 'Newest first; for admins everybody’s and the system’s too.',
    scope: 'jobs:read',
    query: pageSchema,
    answers: { 200: pageOf(scheduleViewSchema, exampleSchedule, 'A page of schedules.') },
  },
  {
    id: 'getSchedule',
    method: 'GET',
    path: '/api/v1/schedules/{id}',
    tag: 'Schedules',
    summary: 'Show a schedule',
    scope: 'jobs:read',
    answers: { 200: schedule('The schedule.') },
  },
  {
    id: 'updateSchedule',
    method: 'PATCH',
    path: '/api/v1/schedules/{id}',
    tag: 'Schedules',
    summary: 'Change a schedule',
    description: 'What the body does not name stays, and so does what it has done so far.',
    scope: 'jobs:write',
    body: {
      schema: scheduleChangesSchema,
      examples: { pause: { summary: 'Pause it', value: { enabled: false } } },
    },
    answers: { 200: schedule('The schedule as it is now.') },
  },
  {
    id: 'deleteSchedule',
    method: 'DELETE',
    path: '/api/v1/schedules/{id}',
    tag: 'Schedules',
    summary: 'Delete a schedule',
    description: 'Its jobs stay.',
    scope: 'jobs:write',
    answers: { 204: { description: 'It is gone.' } },
    errors: { 409: 'It is one of the system’s.' },
  },
  {
    id: 'runSchedule',
    method: 'POST',
    path: '/api/v1/schedules/{id}/run',
    tag: 'Schedules',
    summary: 'Run a schedule now',
    description: 'Besides its times.',
    scope: 'jobs:write',
    answers: {
      202: { ...one('job', jobViewSchema, exampleJob, 'The job it made.'), headers: location },
    },
  },
]
