import { bulk, rawBulk } from './bulk'
import { historyTimes } from './history'
import { imageJobs, plainImages } from './image'
import { latency, rawLatency } from './latency'
import { reportMemory } from './report-memory'
import { rest } from './rest'
import { rawThroughput, throughput } from './throughput'

/** What a process of its own can measure; each takes how many and gives a figure, or several. */
export const measures = {
  rawThroughput,
  throughput,
  rawBulk,
  bulk,
  rawLatency,
  latency,
  plainImages,
  imageJobs,
  historyTimes,
  reportMemory,
  rest,
}

type Measures = typeof measures
export type MeasureName = keyof Measures
export type Measured<Name extends MeasureName> = Awaited<ReturnType<Measures[Name]>>
