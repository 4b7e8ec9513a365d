import { route } from '@/app/_server/http/route'
import { config } from '@/lib/config/config'
import { unsubscribe } from '@/lib/suppressions/unsubscribe'

/** Leads a person who opens the link to the page that asks first: mail scanners open links too. */
export const GET = route(async (request) => {
  const page = new URL('/unsubscribe', config().appUrl)
  page.searchParams.set('token', tokenOf(request))
  return new Response(null, { status: 303, headers: { location: page.href } })
})

/** One click in a mail program (RFC 8058): sent without cookies, and from anywhere. */
export const POST = route(async (request) => {
  await unsubscribe(tokenOf(request))
  return new Response(null, { status: 204 })
})

function tokenOf(request: Request): string {
  return new URL(request.url).searchParams.get('token') ?? ''
}
