import { AppError } from '@/lib/errors/app-error'
import type { Origin } from './origin'

/** Who is asking. Every function that reads or changes records for people takes one. */
export type Viewer = {
  userId: string
  role: 'USER' | 'ADMIN'
  /** Where their request came from, for the audit log. */
  from?: Origin | undefined
}

/** Someone a request proved to be, and how: by the key or the session with the id. */
export type Authenticated = Viewer & { via: 'key' | 'session'; credentialId: string }

/** Who types on the machine itself; may see and change everything. */
export const commandLine: Viewer = {
  userId: '00000000-0000-0000-0000-000000000000',
  role: 'ADMIN',
}

/** Prisma filter on records with an `ownerId`: a person's own, or all for an admin. */
export function ownedBy(viewer: Viewer): { ownerId?: string } {
  return viewer.role === 'ADMIN' ? {} : { ownerId: viewer.userId }
}

/**
 * Ends what only admins may do.
 * @throws {AppError} `forbidden` for anyone else
 */
export function requireAdminViewer(viewer: Viewer): void {
  if (viewer.role !== 'ADMIN') throw new AppError('forbidden', 'Only an admin may do this.')
}
