import { addEntries, type QueueEntry } from './entries'

/** Longest one call to the queue may take. */
const LIMIT_MS = 2_000
/** Entries per call to the queue. */
const CHUNK = 1_000

export type HandOver = {
  /** Ids of the jobs that the queue has now. */
  taken: string[]
  /** Why the queue did not take the others. */
  failure?: unknown
}

/** Puts committed jobs into their queues. Never throws, and never waits long for a queue that is away. */
export async function handOver(entries: QueueEntry[]): Promise<HandOver> {
  const taken: string[] = []
  const names = new Set(entries.map(({ queue }) => queue))
  const results = await Promise.allSettled(
    [...names].map(async (name) => {
      const ofQueue = entries.filter(({ queue }) => queue === name)
      for (let start = 0; start < ofQueue.length; start += CHUNK) {
        const chunk = ofQueue.slice(start, start + CHUNK)
        await withLimit(addEntries(name, chunk))
        taken.push(...chunk.map(({ id }) => id))
      }
    }),
  )
  const failure = results.find((result) => result.status === 'rejected')
  return failure ? { taken, failure: failure.reason } : { taken }
}

async function withLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    const late = () => reject(new Error(`The queue did not answer within ${LIMIT_MS} ms`))
    timer = setTimeout(late, LIMIT_MS)
  })
  try {
    await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
