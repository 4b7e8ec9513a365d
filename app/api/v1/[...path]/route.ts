import { notFound } from '@/lib/errors/app-error'
import { route } from '@/lib/http/route'

const unknown = route(async () => {
  throw notFound('This address')
})

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT }
