import { AsyncLocalStorage } from 'node:async_hooks'
import type { Viewer } from '@/lib/access/viewer'

const acting = new AsyncLocalStorage<Viewer>()

/** Runs a request of Bull Board in an admin's name. */
export function actingAs<T>(admin: Viewer, work: () => T): T {
  return acting.run(admin, work)
}

/** In whose name the present request acts. @throws outside of one */
export function actor(): Viewer {
  const admin = acting.getStore()
  if (!admin) throw new Error('Nobody is acting on the queues')
  return admin
}
