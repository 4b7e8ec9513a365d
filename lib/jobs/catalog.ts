import type { JobDefinition } from './definition'
import type { QueueDefinition } from './queue'
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

/**
 * The queues of these definitions, each once, by name.
 * @throws when two definitions declare one differently: only one of them would count
 */
export function queuesOf(known: readonly JobDefinition[]): Map<string, QueueDefinition> {
  const queues = new Map<string, QueueDefinition>()
  for (const { type, queue, declaredQueue } of known) {
    const declared = queues.get(queue) ?? declaredQueue
    if (declared !== declaredQueue) {
      throw new Error(
        `The job type ${type} declares the queue ${queue} again: share one defineQueue`,
      )
    }
    queues.set(queue, declared)
  }
  return queues
}

const queues = queuesOf(definitions)

/** All queues, each once. */
export const queueNames: readonly string[] = [...queues.keys()]

/** A queue as it is declared; undefined when there is no such queue. */
export function findQueue(name: string): QueueDefinition | undefined {
  return queues.get(name)
}
