import fs from 'node:fs'
import path from 'node:path'
import { SetupFailure } from './failure.mjs'
import { fingerprint, isStamped, stamped } from './fingerprint.mjs'
import { install, installIsStale } from './install.mjs'
import { releaseLock, takeLock } from './lock.mjs'
import { checkNodeVersion } from './node-version.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'

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

const client = {
  stamp: 'lib/db/generated/.stamp',
  sources: [
    'prisma/schema.prisma',
    'prisma.config.ts',
    'node_modules/prisma/package.json',
    'node_modules/@prisma/client/package.json',
  ],
}

/**
 * Makes the Prisma client if the schema or Prisma has changed.
 *
 * @param {(line: string) => void} say
 */
export async function generateClient(say) {
  await makeIfStale(client, async () => {
    say('Generating the Prisma client …')
    const prisma = path.join(root, 'node_modules/prisma/build/index.js')
    // Generating needs no engine, but Prisma downloads one unless told that there is one.
    const engine = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' }
    const env = { ...process.env, ...engine }
    const { code, output } = await run(process.execPath, [prisma, 'generate'], { cwd: root, env })
    if (code === 0) return
    const line = output.split('\n').find((text) => /error/i.test(text)) ?? `exit code ${code}`
    throw new SetupFailure(`prisma generate failed: ${line.trim()}`)
  })
}

/**
 * Makes something unless it was made from these sources.
 *
 * @param {{ stamp: string, sources: string[], result?: string }} target the file that says what it was
 * made from, and one that is there when it is made
 * @param {() => Promise<void>} work
 */
export async function makeIfStale({ stamp, sources, result }, work) {
  await oneAtATime(
    () =>
      (result !== undefined && !fs.existsSync(path.join(root, result))) ||
      !isStamped(stamp, fingerprint(sources)),
    () => stamped(stamp, fingerprint(sources), work),
  )
}

/**
 * Does `work` if it is due. Commands of one checkout take turns, so two of them never install or
 * build over each other; whoever waited looks again whether there is anything left to do.
 *
 * @param {() => boolean} isDue
 * @param {() => Promise<void>} work
 */
async function oneAtATime(isDue, work) {
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
