import { vi } from 'vitest'
import { prisma } from '@/lib/db/prisma'

/** Waits until a pause holds so many jobs. */
export function holding(pause: string, jobs: number, timeout?: number): Promise<void> {
  return untilHeld(pause, (held) => held === jobs, timeout)
}

/** Waits until a pause holds any job. */
export function holdingSome(pause: string): Promise<void> {
  return untilHeld(pause, (held) => held > 0)
}

function untilHeld(
  pause: string,
  isEnough: (held: number) => boolean,
  timeout = 15_000,
): Promise<void> {
  return vi.waitFor(
    async () => {
      const held = await prisma().pendingDispatch.count({ where: { heldBy: pause } })
      if (!isEnough(held)) throw new Error(`The pause holds ${held} jobs`)
    },
    { timeout, interval: 25 },
  )
}
