import { AppError } from '@/lib/errors/app-error'

type Slots = {
  /** Pieces of work at once. */
  atOnce: number
  /** Pieces that wait for one of them to end. */
  waiting: number
  /** What whoever comes after these is told, as a sentence. */
  refusal: string
}

const RETRY_SECONDS = 3

/** Runs work of which too much at once would leave nothing for all else, first come first served. */
export type WithinSlots = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Slots for costly work.
 * @returns what runs a piece of work in a slot; it throws `unavailable` when too many wait already
 */
export function createSlots({ atOnce, waiting, refusal }: Slots): WithinSlots {
  let free = atOnce
  const line: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else if (line.length < waiting) await new Promise<void>((resolve) => line.push(resolve))
    else throw new AppError('unavailable', refusal, { retryAfterSeconds: RETRY_SECONDS })
    try {
      return await work()
    } finally {
      // The slot goes to the next in the line, or is free again.
      const next = line.shift()
      if (next) next()
      else free += 1
    }
  }
}
