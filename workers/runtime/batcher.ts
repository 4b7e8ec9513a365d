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
  /** The same while many come: a flush of more than eight items tells of it. */
  crowdedWindowMs: number
  /** Flushes at the same time; further items gather meanwhile. */
  maxInFlight: number
  /** Runs what lets all of a batch go on; default: just that. */
  goOn?: (work: () => void) => void
}

/** How claims go together, and finishes: what a batch changes, one notification tells. */
export const TOGETHER: Options = {
  maxItems: IDS_PER_NOTIFICATION,
  windowMs: 2,
  crowdedWindowMs: 10,
  maxInFlight: 2,
}

/** A flush of more items than this tells of more to come: waiting for them saves statements. */
const CROWD = 8

/**
 * Gathers calls of a few milliseconds into one: many claims cost one UPDATE and one fsync. An item
 * that PostgreSQL refuses fails alone.
 * @param flush takes the items and gives one answer each, in their order
 */
export function batcher<Item, Answer>(
  flush: (items: Item[]) => Promise<Answer[]>,
  { maxItems, windowMs, crowdedWindowMs, maxInFlight, goOn = (work) => work() }: Options,
): (item: Item) => Promise<Answer> {
  let waiting: Pending<Item, Answer>[] = []
  let timer: NodeJS.Timeout | undefined
  let inFlight = 0
  let crowded = false

  function schedule(): void {
    if (waiting.length === 0 || inFlight >= maxInFlight) return
    if (waiting.length >= maxItems) start()
    else timer ??= setTimeout(start, crowded ? crowdedWindowMs : windowMs)
  }

  function start(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0 || inFlight >= maxInFlight) return
    const batch = waiting.slice(0, maxItems)
    waiting = waiting.slice(maxItems)
    crowded = batch.length > CROWD
    inFlight++
    splitRefused(batch, answer, fail).finally(() => {
      inFlight--
      schedule()
    })
    schedule()
  }

  async function answer(batch: Pending<Item, Answer>[]): Promise<void> {
    const answers = await flush(batch.map(({ item }) => item))
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
