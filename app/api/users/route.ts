import { countTry } from '@/lib/auth/throttle'
import { publicUserView, signUp, signUpInput, signUpRefusal } from '@/lib/auth/users'
import { config } from '@/lib/config/config'
import { AppError } from '@/lib/errors/app-error'
import { clientAddress } from '@/lib/http/client-address'
import { readJson } from '@/lib/http/read-json'
import { route } from '@/lib/http/route'

/** Signs a person up; the welcome mail is queued in the same transaction. */
export const POST = route(async (request) => {
  if (config().signUp !== 'open') throw new AppError('forbidden', signUpRefusal())
  await countTry('signUpAddress', clientAddress(request.headers))
  const input = await readJson(request, signUpInput, { maxBytes: 16_384 })
  return Response.json({ user: publicUserView(await signUp(input)) }, { status: 201 })
})
