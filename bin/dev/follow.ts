import type { Config } from '@/lib/config/parse'
import { surroundings } from '../launcher/environment'
import { bringUpToDate, type Launch } from '../launcher/launch'
import type { Program } from '../launcher/program'
import { reason } from '../refusal'
import { root } from '../setup/root.mjs'
import { generateClient } from '../setup/set-up.mjs'
import type { ProgramBundle } from './program-bundle'

/** A program, and the bundle it is started from. */
export type Part = { name: string; program: Program; bundle: ProgramBundle }

type Say = Launch['say']

/** Settings that the launcher itself works with. */
const AT_START = [
  ['port', 'PORT'],
  ['host', 'HOST'],
  ['dataDir', 'DATA_DIR'],
  ['databaseUrl', 'DATABASE_URL'],
] as const satisfies [keyof Config, string][]

/** Makes what was saved effective. @param files paths in the checkout */
export async function followSaves(
  launch: Launch,
  parts: Part[],
  files: ReadonlySet<string>,
): Promise<void> {
  const { say, databaseUrl } = launch
  const saved = (pattern: RegExp) => [...files].some((file) => pattern.test(file))
  let all = saved(/^next\.config\.js$/)
  if (saved(/^\.env$/)) all = (await reported(say, () => reread(launch, parts), '.env: ')) || all
  if (saved(/^prisma\/migrations\//)) {
    all = (await reported(say, () => bringUpToDate(databaseUrl))) || all
  }
  if (saved(/^prisma\/schema\.prisma$/)) {
    all = (await reported(say, () => generateClient(say))) || all
    say('prisma/schema.prisma has changed: npm run migration:new -- <name> writes its migration.')
  }
  if (saved(/^package\.json$/)) {
    say('package.json has changed: npm run dev installs its packages when it starts.')
  }
  await renew(parts, say, { all })
}

/**
 * Bundles each program again, and starts it again where its JavaScript has changed.
 * @param options start: they do not run yet; all: they start again, whatever has changed
 */
export async function renew(
  parts: Part[],
  say: Say,
  { start = false, all = false }: { start?: boolean; all?: boolean },
): Promise<void> {
  for (const { name, program, bundle } of parts) {
    const rebuilt = await bundle.rebuild()
    if (rebuilt.state === 'broken') {
      const errors = rebuilt.errors.map((error) => `\n  ${error}`).join('')
      say(`The ${name} cannot be built; the next save may mend it:${errors}`)
    } else if (start) {
      program.start()
    } else if (all || rebuilt.state === 'changed') {
      say(`The ${name} has changed; starting it again …`)
      program.restart()
    }
  }
}

/** @throws {Refusal} when `.env` is not valid */
async function reread({ say, given, config, environment }: Launch, parts: Part[]): Promise<void> {
  const now = surroundings(root, given)
  for (const [setting, variable] of AT_START) {
    if (now.config[setting] !== config[setting]) {
      say(`.env: ${variable} takes effect when npm run dev is started again.`)
    }
  }
  for (const { program } of parts) program.setEnvironment(environment(now.env))
}

/** @returns whether it was done; what went wrong is said */
async function reported(say: Say, work: () => Promise<void>, where = ''): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    say(`${where}${reason(error)}`)
    return false
  }
}
