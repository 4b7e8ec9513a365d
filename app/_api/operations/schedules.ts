import { newScheduleSchema, scheduleChangesSchema } from '@/app/_server/schedules/fields'
import { runScheduleNow } from '@/app/_server/schedules/run-now'
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  updateSchedule,
} from '@/app/_server/schedules/schedules'
import { scheduleView, scheduleViewSchema, scheduleViews } from '@/app/_server/schedules/view'
import { pageSchema } from '@/lib/db/page'
import { jobView } from '@/lib/jobs/view'
import { newJob, object, pageOf } from '../answers'
import { exampleSchedule } from '../examples'
import { operation, tagged } from '../operation'

const { name, type, input, cron, timezone } = exampleSchedule

const schedule = (description: string) =>
  object({ schedule: scheduleViewSchema }, { schedule: exampleSchedule }, description)

/** Schedules: jobs that come again and again. */
export const scheduleOperations = tagged('Schedules', {
  createSchedule: operation('POST', '/api/v1/schedules', {
    summary: 'Create a schedule',
    description:
      'A cron pattern, seconds optional, in an IANA time zone. Each fire time creates one job.',
    scope: 'jobs:write',
    body: {
      schema: newScheduleSchema,
      examples: { monday: { value: { name, type, input, cron, timezone } } },
    },
    answers: {
      201: {
        ...schedule('The new schedule.'),
        location: ({ schedule: { id } }) => `/api/v1/schedules/${id}`,
      },
    },
    handle: async ({ viewer, body }) => ({
      schedule: await scheduleView(await createSchedule(viewer, await body())),
    }),
  }),
  listSchedules: operation('GET', '/api/v1/schedules', {
    summary: 'List schedules',
    description: 'Newest first. Admins see everyone’s, and the system’s.',
    scope: 'jobs:read',
    query: pageSchema,
    answers: { 200: pageOf(scheduleViewSchema, exampleSchedule, 'A page of schedules.') },
    async handle({ viewer, query }) {
      const { data, nextCursor } = await listSchedules(viewer, query)
      return { data: await scheduleViews(data), nextCursor }
    },
  }),
  getSchedule: operation('GET', '/api/v1/schedules/{id}', {
    summary: 'Get a schedule',
    scope: 'jobs:read',
    answers: { 200: schedule('The schedule.') },
    handle: async ({ viewer, id }) => ({
      schedule: await scheduleView(await getSchedule(viewer, id)),
    }),
  }),
  updateSchedule: operation('PATCH', '/api/v1/schedules/{id}', {
    summary: 'Change a schedule',
    description: 'Fields you leave out stay as they are.',
    scope: 'jobs:write',
    body: {
      schema: scheduleChangesSchema,
      examples: { pause: { summary: 'Pause it', value: { enabled: false } } },
    },
    answers: { 200: schedule('The changed schedule.') },
    handle: async ({ viewer, id, body }) => ({
      schedule: await scheduleView(await updateSchedule(viewer, id, await body())),
    }),
  }),
  deleteSchedule: operation('DELETE', '/api/v1/schedules/{id}', {
    summary: 'Delete a schedule',
    description: 'Its jobs are kept.',
    scope: 'jobs:write',
    answers: { 204: { description: 'It is deleted.' } },
    errors: { 409: 'It is one of the system’s.' },
    async handle({ viewer, id }) {
      await deleteSchedule(viewer, id)
      return new Response(null, { status: 204 })
    },
  }),
  runSchedule: operation('POST', '/api/v1/schedules/{id}/run', {
    summary: 'Run a schedule now',
    description: 'Also while it is paused; its next times stay the same.',
    scope: 'jobs:write',
    answers: { 202: newJob('The job it created.') },
    handle: async ({ viewer, id }) => ({ job: jobView(await runScheduleNow(viewer, id)) }),
  }),
})
