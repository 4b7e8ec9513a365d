import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { jobView } from '@/lib/jobs/view'
import { runScheduleNow } from '@/lib/schedules/run-now'

/** Runs the schedule's job now, besides its times. */
export const POST = route<{ id: string }>(async (request, { params }) => {
  const viewer = await authenticate(request, 'jobs:write')
  const { id } = await params
  const job = await runScheduleNow(viewer, id)
  return Response.json(
    { job: jobView(job) },
    { status: 202, headers: { location: `/api/v1/jobs/${job.id}` } },
  )
})
