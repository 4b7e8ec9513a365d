import { cookies } from 'next/headers'
import NextAuth from 'next-auth'
import { authOptions } from '@/app/_server/auth/options'
import { browserTokenOf, viewerOfRequest } from '@/app/_server/http/authenticate'
import { countAuthRequest } from '@/app/_server/http/rate-limit'
import { route } from '@/app/_server/http/route'
import { clientAddress } from '@/lib/access/client-address'
import { originOf } from '@/lib/access/origin'
import { prepareAuthEnvironment } from '@/lib/config/auth-environment'
import { AppError, invalidInput } from '@/lib/errors/app-error'

const handler = route<{ nextauth: string[] }>(async (request, context) => {
  await countAuthRequest(clientAddress(request.headers))
  refuseLarge(request)
  refuseCallback(new URL(request.url).searchParams.get('callbackUrl'))
  prepareAuthEnvironment()
  let refusal: unknown
  const options = authOptions({
    clientAddress: clientAddress(request.headers),
    from: originOf(request.headers),
    browserToken: browserTokenOf(request),
    viewer: await viewerOfRequest(request),
    onRefusal: (error) => {
      refusal = error
    },
  })
  await dropCallback(options.cookies?.callbackUrl?.name)
  const response: Response = await NextAuth(options)(request, context)
  // next-auth would say "wrong password" for everything; this says 429 or 503.
  if (refusal) throw refusal
  return response
})

/** Longest address of a page of ours that is worth coming back to, and largest form there is here. */
const MAX_CALLBACK = 2_048
const MAX_BYTES = 16 * 1024

/** next-auth reads a body of any length. */
function refuseLarge({ headers }: Request): void {
  const unsaid = headers.has('transfer-encoding')
  if (!unsaid && Number(headers.get('content-length')) <= MAX_BYTES) return
  throw new AppError(
    'too_large',
    `The body may have at most ${MAX_BYTES} bytes, and says how many.`,
  )
}

/** next-auth would log what is no address, and call it a fault of the server. */
function refuseCallback(callbackUrl: string | null): void {
  if (callbackUrl === null || isCallback(callbackUrl)) return
  throw invalidInput([
    { path: 'callbackUrl', message: 'Expected the address of a page of this app' },
  ])
}

/** next-auth would refuse every request of a browser that keeps no address there. */
async function dropCallback(cookie = ''): Promise<void> {
  const jar = await cookies()
  const kept = jar.get(cookie)?.value
  if (kept !== undefined && !isCallback(kept)) jar.delete(cookie)
}

function isCallback(url: string): boolean {
  const base = url.startsWith('/') ? 'http://app.invalid' : undefined
  return url.length <= MAX_CALLBACK && URL.canParse(url, base) && /^https?:/i.test(base ?? url)
}

export { handler as GET, handler as POST }
