import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { parsePageQuery } from '@/lib/jobs/list'
import { newScheduleSchema } from '@/lib/schedules/fields'
import { createSchedule, listSchedules } from '@/lib/schedules/schedules'
import { scheduleView, scheduleViews } from '@/lib/schedules/view'

/** Schedules, newest first; for admins also everybody's and the system's. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:read')
  const page = parsePageQuery(new URL(request.url).searchParams)
  const { data, nextCursor } = await listSchedules(viewer, page)
  return Response.json({ data: await scheduleViews(data), nextCursor })
})

/** Creates a schedule. */
export const POST = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:write')
  const schedule = await createSchedule(viewer, await readJson(request, newScheduleSchema))
  return Response.json(
    { schedule: await scheduleView(schedule) },
    { status: 201, headers: { location: `/api/v1/schedules/${schedule.id}` } },
  )
})
