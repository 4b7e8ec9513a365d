import { IDS_PER_NOTIFICATION } from '@/lib/db/announce'
import { splitRefused } from './split'

type Pending<Item, Answer> = {
  item: Item
  resolve(answer: Answer): void
  reject(error: unknown): void
}

type Options = {
  /** Most items in one flush. */
  maxItems: number
  /** How long the first item of a batch waits for company, in milliseconds. */
  windowMs: number
  /** The longest it waits where PostgreSQL is busy, which a flush that takes its time tells of. */
  busyWindowMs: number
  /** Flushes at the same time; further items gather meanwhile. */
  maxInFlight: number
  /** Runs what lets all of a batch go on; default: just that. */
  goOn?: (work: () => void) => void
}

/** How claims go together, and finishes: what a batch changes, one notification tells. */
export const TOGETHER: Options = {
  maxItems: IDS_PER_NOTIFICATION,
  windowMs: 2,
  busyWindowMs: 100,
  maxInFlight: 2,
}

/**
 * How much longer an item waits for each millisecond that the last flush took beyond the fastest: fewer
 * and larger statements relieve a busy server by more than they delay anybody.
 */
const WAIT_PER_DELAY = 2

/**
 * Gathers calls of a few milliseconds into one: many claims cost one UPDATE and one fsync. An item
 * that PostgreSQL refuses fails alone.
 * @param flush takes the items and gives one answer each, in their order
 */
export function batcher<Item, Answer>(
  flush: (items: Item[]) => Promise<Answer[]>,
  { maxItems, windowMs, busyWindowMs, maxInFlight, goOn = (work) => work() }: Options,
): (item: Item) => Promise<Answer> {
  let waiting: Pending<Item, Answer>[] = []
  let timer: NodeJS.Timeout | undefined
  let inFlight = 0
  let fastestMs = Number.POSITIVE_INFINITY
  let waitMs = windowMs

  function schedule(): void {
    if (waiting.length === 0 || inFlight >= maxInFlight) return
    if (waiting.length >= maxItems) start()
    else timer ??= setTimeout(start, waitMs)
  }

  function start(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0 || inFlight >= maxInFlight) return
    const batch = waiting.slice(0, maxItems)
    waiting = waiting.slice(maxItems)
    inFlight++
    splitRefused(batch, answer, fail).finally(() => {
      inFlight--
      schedule()
    })
    schedule()
  }

  async function answer(batch: Pending<Item, Answer>[]): Promise<void> {
    const begin = performance.now()
    const answers = await flush(batch.map(({ item }) => item))
    const tookMs = performance.now() - begin
    fastestMs = Math.min(fastestMs, tookMs)
    const delayMs = tookMs - fastestMs
    waitMs = Math.max(windowMs, Math.min(busyWindowMs, WAIT_PER_DELAY * delayMs))
    goOn(() => settle(batch, answers))
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      schedule()
    })
}

function fail<Item, Answer>(batch: Pending<Item, Answer>[], error: unknown): void {
  for (const { reject } of batch) reject(error)
}

function settle<Item, Answer>(batch: Pending<Item, Answer>[], answers: Answer[]): void {
  batch.forEach(({ resolve, reject }, index) => {
    const answer = answers[index]
    if (answer === undefined) reject(new Error('The batch gave no answer for this item'))
    else resolve(answer)
  })
}
