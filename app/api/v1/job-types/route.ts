import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { definitions } from '@/lib/jobs/catalog'
import { jobTypeView } from '@/lib/jobs/type-view'

/** The types of jobs that people can create, each with its input as JSON Schema. */
export const GET = route(async (request) => {
  await authenticate(request, 'jobs:read')
  const data = definitions.filter(({ userFacing }) => userFacing).map(jobTypeView)
  return Response.json({ data, nextCursor: null })
})
