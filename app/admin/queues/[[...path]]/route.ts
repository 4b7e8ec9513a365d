import { notFound } from 'next/navigation'
import { viewerOfRequest } from '@/app/_server/http/authenticate'
import { route } from '@/app/_server/http/route'
import { requireSameOrigin } from '@/app/_server/http/same-origin'
import { actingAs } from '../actor'
import { board } from '../board'

/** Bull Board, for admins; for everyone else there is nothing at these addresses. */
const handler = route(async (request) => {
  const viewer = await viewerOfRequest(request)
  if (viewer?.role !== 'ADMIN') notFound()
  requireSameOrigin(request)
  return actingAs(viewer, () => board(request))
})

export { handler as GET, handler as PATCH, handler as POST, handler as PUT }
