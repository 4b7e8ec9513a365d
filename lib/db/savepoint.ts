import { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import type { Database } from './prisma'

/** What Prisma makes of PostgreSQL's answer that a unique index holds the value already. */
const collision = z.object({
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ originalCode: z.literal('23505') }) }),
  }),
})
const TRIES = 3

/**
 * Runs a statement that leaves alone what exists already. Where another transaction commits the same
 * at that moment, it cannot see it yet and collides: it is undone and run anew.
 * @throws {AppError} `conflict` when it collides again and again
 */
export async function untilNoCollision<T>(tx: Database, run: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    await tx.$executeRaw`SAVEPOINT collision`
    try {
      const result = await run()
      await tx.$executeRaw`RELEASE SAVEPOINT collision`
      return result
    } catch (error) {
      if (!collision.safeParse(error).success) throw error
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT collision`
    }
  }
  throw new AppError('conflict', 'The same is being done at this moment. Try again.')
}
