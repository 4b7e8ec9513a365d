import { signUpFrom } from '@/lib/auth/sign-up'
import { publicUserView, signUpInput, signUpRefusal } from '@/lib/auth/users'
import { config } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'
import { clientAddress } from '@/lib/http/client-address'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'

/** Signs a person up; the welcome mail is queued in the same transaction. */
export const POST = route(async (request) => {
  if (config().signUp !== 'open') throw new AppError('forbidden', signUpRefusal())
  const input = await readJson(request, signUpInput, { maxBytes: 16_384 })
  const user = await signUpFrom(clientAddress(request.headers), input)
  return Response.json({ user: publicUserView(user) }, { status: 201 })
})
