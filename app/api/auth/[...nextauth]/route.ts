import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/options'
import { prepareAuthEnvironment } from '@/lib/config/auth-environment'
import { viewerOfRequest } from '@/lib/http/authenticate'
import { clientAddress } from '@/lib/http/client-address'
import { originOf } from '@/lib/http/origin'
import { route } from '@/lib/http/route'

const handler = route<{ nextauth: string[] }>(async (request, context) => {
  prepareAuthEnvironment()
  let refusal: unknown
  const options = authOptions({
    clientAddress: clientAddress(request.headers),
    from: originOf(request.headers),
    viewer: await viewerOfRequest(request),
    onRefusal: (error) => {
      refusal = error
    },
  })
  const response: Response = await NextAuth(options)(request, context)
  // next-auth would say "wrong password" for everything; this says 429 or 503.
  if (refusal) throw refusal
  return response
})

export { handler as GET, handler as POST }
