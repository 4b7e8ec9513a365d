import os from 'node:os'
import { build } from './build.mjs'
import { SetupFailure } from './failure.mjs'
import { generateClient, installPackages } from './set-up.mjs'

/**
 * What is made ready before the work: nothing of node_modules may be imported earlier.
 *
 * @typedef {{ say?: (line: string) => void, dev?: boolean, client?: boolean, built?: boolean }} Needs
 * @typedef {(line: string) => void} Say
 */

/**
 * Runs what a person typed: one line on stderr and exit code 1 when it cannot. Packages are installed
 * by then, and TypeScript can be imported.
 *
 * @param {(say: Say, args: string[]) => Promise<number>} work gives the exit code
 * @param {Needs} needs say: how a person hears of progress; dev: also what only building and testing
 * need; client: the Prisma client; built: the programs as they run in production
 */
export async function command(work, needs = {}) {
  const { say = console.log, dev = true, client = true, built = false } = needs
  // During set-up a signal ends the process, and 'exit' listeners end what it runs.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + os.constants.signals[signal]))
  }
  try {
    await installPackages(say, { dev })
    if (client) await generateClient(say)
    if (built) await build(say)
    const tsx = await import('tsx/esm/api')
    tsx.register()
    process.exit(await work(say, process.argv.slice(2)))
  } catch (error) {
    const expected = error instanceof SetupFailure || error?.name === 'Refusal'
    console.error(expected ? error.message : error)
    process.exit(1)
  }
}
