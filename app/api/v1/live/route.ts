import { AppError } from '@/lib/errors/app-error'
import { authenticate } from '@/lib/http/authenticate'
import { route } from '@/lib/http/route'
import { viewerStream } from '@/lib/live/viewer-stream'

/** Server-sent events: each change of the viewer's jobs; of everybody's for admins who ask. */
export const GET = route(async (request) => {
  const viewer = await authenticate(request, 'jobs:read')
  const asked = new URL(request.url).searchParams
  const everybody = asked.get('scope') === 'all'
  if (everybody && viewer.role !== 'ADMIN') {
    throw new AppError('forbidden', 'Only an admin may follow everybody’s jobs.')
  }
  return viewerStream(viewer, everybody, request, asked.get('mark') ?? undefined)
})
