import { definitions as catalogDefinitions } from '@/lib/jobs/catalog'
import type { JobDefinition } from '@/lib/jobs/definition'
import type { Handlers, JobContext } from './handler'

type AnyHandler = (context: JobContext<unknown>) => Promise<unknown>

/** A job type this worker can run: its definition, and how to load its handler. */
export type RunnableJob = { definition: JobDefinition; load(): Promise<AnyHandler> }

/** The catalog's definitions, each with its handler. */
export function catalogJobs(handlers: Handlers): RunnableJob[] {
  const loaders = new Map<string, () => Promise<unknown>>(Object.entries(handlers))
  return catalogDefinitions.map((definition) => ({
    definition,
    load: async () => {
      const handler = await loaders.get(definition.type)?.()
      // The compiler has matched handlers and inputs; a table of all of them forgets which is whose.
      if (!isHandler(handler)) throw new Error(`The job type ${definition.type} has no handler`)
      return handler
    },
  }))
}

function isHandler(value: unknown): value is AnyHandler {
  return typeof value === 'function'
}
