import os from 'node:os'
import { SetupFailure } from './failure.mjs'

/**
 * Runs what a person typed: one line on stderr and exit code 1 when it cannot.
 *
 * @param {() => Promise<number>} work gives the exit code
 */
export async function command(work) {
  // During set-up a signal ends the process, and 'exit' listeners end what it runs.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + os.constants.signals[signal]))
  }
  try {
    process.exit(await work())
  } catch (error) {
    const expected = error instanceof SetupFailure || error?.name === 'Refusal'
    console.error(expected ? error.message : error)
    process.exit(1)
  }
}

/** From here on TypeScript can be imported. */
export async function enableTypeScript() {
  const tsx = await import('tsx/esm/api')
  tsx.register()
}
