import { authenticate } from '@/lib/http/authenticate'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'
import { scheduleChangesSchema } from '@/lib/schedules/fields'
import { deleteSchedule, getSchedule, updateSchedule } from '@/lib/schedules/schedules'
import { scheduleView } from '@/lib/schedules/view'

type Params = { id: string }

/** One schedule. */
export const GET = route<Params>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:read')
  const { id } = await params
  return Response.json({ schedule: await scheduleView(await getSchedule(viewer, id)) })
})

/** Changes what the body names; what the schedule has done so far stays. */
export const PATCH = route<Params>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  const { id } = await params
  const changes = await readJson(request, scheduleChangesSchema)
  const schedule = await updateSchedule(viewer, id, changes)
  return Response.json({ schedule: await scheduleView(schedule) })
})

/** Deletes a schedule; its jobs stay. */
export const DELETE = route<Params>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  const { id } = await params
  await deleteSchedule(viewer, id)
  return new Response(null, { status: 204 })
})
