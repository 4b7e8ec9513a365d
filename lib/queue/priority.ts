/** BullMQ's priorities are whole numbers from 1 to 2^21 - 1; the lowest goes first. */
const BAND = 2 ** 18 - 1

/** The least urgent priority of each band; all jobs of a band go by their turns. */
const BANDS = [1, 4, 9, 10, 20, 100, 500]

/**
 * A job's place in its queue as one number: first by urgency, then by turn, so that one owner's ten
 * thousand jobs do not hold up another's single one. Turns beyond 262,142 wait in order of arrival.
 */
export function queuePriority({ priority, turn }: { priority: number; turn: number }): number {
  const found = BANDS.findIndex((leastUrgent) => priority <= leastUrgent)
  const band = found === -1 ? BANDS.length : found
  return band * BAND + Math.min(Math.max(turn, 1), BAND)
}
