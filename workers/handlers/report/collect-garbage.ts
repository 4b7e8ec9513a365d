import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * Frees what is not used any more, in some tens of milliseconds. By itself V8 first looks once a
 * quarter of a gigabyte has piled up, and writing a million rows would hold all of that.
 */
export function collectGarbage(): void {
  collect ??= exposedCollector()
  collect()
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const exposed: unknown = runInNewContext('gc')
  return typeof exposed === 'function' ? () => exposed() : () => undefined
}
