import { type Database, prisma } from '@/lib/db/prisma'

/**
 * How far the installation is set up. `no-admin`: people signed up through the API before
 * anyone made the owner account. A disabled admin counts: disabling never reopens the set-up.
 */
export async function firstRun(db: Database = prisma()): Promise<'no-users' | 'no-admin' | 'done'> {
  const admin = await db.user.findFirst({ where: { role: 'ADMIN' }, select: { id: true } })
  if (admin) return 'done'
  return (await db.user.findFirst({ select: { id: true } })) ? 'no-admin' : 'no-users'
}
