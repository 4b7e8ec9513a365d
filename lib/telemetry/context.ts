import { AsyncLocalStorage } from 'node:async_hooks'

/** What every log line says about the request or the attempt it belongs to. */
export type LogFields = {
  requestId?: string
  /** The path of a call of the HTTP API, as it is declared. */
  route?: string
  /** Who asks; in a job, its owner. */
  userId?: string | null
  jobId?: string
  attempt?: number
  queue?: string
  type?: string
  workerId?: string
}

declare global {
  // One per process: routes are bundled separately, and hot reload loads them anew.
  var millraceLogContext: AsyncLocalStorage<LogFields> | undefined
}

function storage(): AsyncLocalStorage<LogFields> {
  globalThis.millraceLogContext ??= new AsyncLocalStorage()
  return globalThis.millraceLogContext
}

/** Runs `work`; every log line on the way carries `fields`. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return storage().run({ ...fields }, work)
}

/** Adds what became known on the way, e.g. who asks; outside of `withLogFields` there is nothing to add to. */
export function addLogFields(fields: LogFields): void {
  Object.assign(storage().getStore() ?? {}, fields)
}

/** What is known about the present request or attempt. */
export function logFields(): LogFields {
  return storage().getStore() ?? {}
}
