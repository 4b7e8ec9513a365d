/**
 * How many turns a queue tells apart within an urgency: BullMQ's priorities are whole numbers from 1 to
 * 2^21 - 1; the lowest goes first.
 */
export const TURNS = 2 ** 18 - 1

/** The least urgent priority of each band; all jobs of a band go by their turns. */
const BANDS = [1, 4, 9, 10, 20, 100, 500]

/**
 * A job's place in its queue as one number: first by urgency, then by turn, so that one owner's ten
 * thousand jobs do not hold up another's single one. Turns beyond 262,142 wait in order of arrival.
 */
export function queuePriority({ priority, turn }: { priority: number; turn: number }): number {
  return urgencyOf(priority) * TURNS + Math.min(Math.max(turn, 1), TURNS)
}

/** The band a job's priority falls in; 0 is the most urgent. */
export function urgencyOf(priority: number): number {
  const found = BANDS.findIndex((leastUrgent) => priority <= leastUrgent)
  return found === -1 ? BANDS.length : found
}

/** Every band, the most urgent first. */
export const URGENCIES: readonly number[] = [...BANDS.keys(), BANDS.length]
