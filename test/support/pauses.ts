import { vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'

/** Waits until a pause holds so many jobs. */
export function holding(pause: string, jobs: number, timeout = 15_000): Promise<void> {
  return vi.waitFor(
    async () => {
      const held = await prisma().pendingDispatch.count({ where: { heldBy: pause } })
      if (held !== jobs) throw new Error(`The pause holds ${held} jobs, not ${jobs}`)
    },
    { timeout, interval: 25 },
  )
}
