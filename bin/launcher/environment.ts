import fs from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { type Config, ConfigError, parseConfig } from '@/lib/config/parse'
import { Refusal } from '../refusal'

/** The environment as programs are to have it, and what it says. */
export type Surroundings = { env: NodeJS.ProcessEnv; config: Config }

/**
 * Reads `.env` of the checkout, where there is one, under what the environment already says, and
 * checks the result. This process has it from then on.
 * @throws {Refusal} with every bad variable and what it expects, in one line
 */
export function readEnvironment(root: string): Config {
  const { env, config } = surroundings(root, process.env)
  Object.assign(process.env, env)
  return config
}

/**
 * The same, under what `given` says.
 * @throws {Refusal} as `readEnvironment` does
 */
export function surroundings(root: string, given: NodeJS.ProcessEnv): Surroundings {
  const file = path.join(root, '.env')
  const written = fs.existsSync(file) ? parseEnv(fs.readFileSync(file, 'utf8')) : {}
  const env = { ...written, ...given }
  try {
    return { env, config: parseConfig(env) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new Refusal(`The environment is not valid: ${error.problems.join('; ')}`)
  }
}
