import path from 'node:path'
import { SetupFailure } from './failure.mjs'
import { generate, generateIsStale } from './generate.mjs'
import { install, installIsStale } from './install.mjs'
import { releaseLock, takeLock } from './lock.mjs'
import { checkNodeVersion } from './node-version.mjs'
import { root } from './root.mjs'

const LOCK = path.join(root, '.setup.lock')
const LOCK_POLL_MS = 200

/**
 * Makes the checkout ready to run TypeScript: Node.js is new enough, packages are installed. Nothing
 * from node_modules may be imported before this returns.
 *
 * @param {(line: string) => void} say progress for the person who waits
 * @param {{ dev: boolean }} options
 */
export async function installPackages(say, options = { dev: true }) {
  process.chdir(root)
  checkNodeVersion()
  await oneAtATime(
    () => installIsStale(options),
    async () => {
      say('Installing packages (npm ci) …')
      await install()
    },
  )
}

/**
 * Makes the Prisma client if the schema has changed.
 *
 * @param {(line: string) => void} say
 */
export async function generateClient(say) {
  await oneAtATime(generateIsStale, async () => {
    say('Generating the Prisma client …')
    await generate()
  })
}

/**
 * Does `work` if it is due. Commands of one checkout take turns, so two of them never install or
 * build over each other; whoever waited looks again whether there is anything left to do.
 *
 * @param {() => boolean} isDue
 * @param {() => Promise<void>} work
 */
export async function oneAtATime(isDue, work) {
  if (!isDue()) return
  while (lockIsTaken()) await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS))
  try {
    if (isDue()) await work()
  } finally {
    releaseLock(LOCK)
  }
}

function lockIsTaken() {
  try {
    return takeLock(LOCK, 'set-up') !== undefined
  } catch (error) {
    throw new SetupFailure(`The checkout cannot be written: ${error.message}`)
  }
}
