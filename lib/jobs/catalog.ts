import type { JobDefinition } from './definition'
import { bulkAction } from './types/bulk-action'
import { email } from './types/email'
import { image } from './types/image'
import { maintenance } from './types/maintenance'
import { report } from './types/report'
import { webhook } from './types/webhook'

/** Every job type there is. A type is added here, and the compiler then asks for its handler. */
export const catalog = {
  email,
  image,
  report,
  webhook,
  maintenance,
  'bulk-action': bulkAction,
} as const

export type Catalog = typeof catalog
export type JobType = keyof Catalog

export const definitions: readonly JobDefinition[] = Object.values(catalog)

/** Undefined for a type this version does not know, e.g. of an old record. */
export function findDefinition(type: string): JobDefinition | undefined {
  return definitions.find((definition) => definition.type === type)
}

/** The types of these definitions, each with the version of its input. */
export function inputVersionsOf(known: readonly JobDefinition[]): Record<string, number> {
  return Object.fromEntries(known.map(({ type, inputVersion }) => [type, inputVersion]))
}

/** All queues, each once. */
export const queueNames: readonly string[] = [...new Set(definitions.map(({ queue }) => queue))]

/** What its definitions say about a queue; undefined when there is no such queue. */
export function findQueue(
  name: string,
): Pick<JobDefinition, 'concurrency' | 'rateLimit'> | undefined {
  // As for the worker that serves it, the last definition of a queue decides.
  return definitions.findLast(({ queue }) => queue === name)
}
