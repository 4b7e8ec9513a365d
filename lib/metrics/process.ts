import { readdir, readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { z } from 'zod'

/** How often the event loop is looked at, in milliseconds. */
const RESOLUTION_MS = 50

/** What a process says about itself, in base units. */
export const processFiguresSchema = z.object({
  startedAt: z.number(),
  cpuSeconds: z.number(),
  residentBytes: z.number(),
  heapUsedBytes: z.number(),
  /** How late the event loop was at most, but for one look of a hundred, since it was asked last. */
  eventLoopLagSeconds: z.number(),
  /** Null where the operating system does not say. */
  openFiles: z.number().nullable(),
  maxFiles: z.number().nullable(),
})
export type ProcessFigures = z.output<typeof processFiguresSchema>

let delay: ReturnType<typeof monitorEventLoopDelay> | undefined

/** The present figures of this process. */
export async function processFigures(): Promise<ProcessFigures> {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  const [openFiles, maxFiles] = await Promise.all([countOpenFiles(), mostOpenFiles()])
  return {
    startedAt: performance.timeOrigin / 1_000,
    cpuSeconds: (user + system) / 1e6,
    residentBytes: rss,
    heapUsedBytes: heapUsed,
    eventLoopLagSeconds: eventLoopLag(),
    openFiles,
    maxFiles,
  }
}

/** The histogram counts from one look to the next, the time between them included. */
function eventLoopLag(): number {
  if (!delay) {
    delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
    delay.enable()
    return 0
  }
  const lag = delay.count > 0 ? delay.percentile(99) / 1e9 - RESOLUTION_MS / 1_000 : 0
  delay.reset()
  return Math.max(0, lag)
}

function countOpenFiles(): Promise<number | null> {
  return readdir('/proc/self/fd').then(
    (files) => files.length,
    () => null,
  )
}

async function mostOpenFiles(): Promise<number | null> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const most = Number(/^Max open files +(\d+)/m.exec(limits)?.[1])
  return Number.isNaN(most) ? null : most
}
