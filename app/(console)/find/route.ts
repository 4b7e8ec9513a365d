import { viewerOfRequest } from '@/app/_server/http/authenticate'
import { problem } from '@/app/_server/http/problem'
import { route } from '@/app/_server/http/route'
import { AppError } from '@/lib/errors/app-error'
import { find } from './find'

/** What the palette finds of a text: jobs, batches, schedules, endpoints and, for admins, people. */
export const GET = route(async (request) => {
  const viewer = await viewerOfRequest(request)
  if (!viewer) return problem(new AppError('unauthenticated', 'Sign in first.'))
  const text = new URL(request.url).searchParams.get('q') ?? ''
  return Response.json(await find(viewer, text), { headers: { 'cache-control': 'no-store' } })
})
