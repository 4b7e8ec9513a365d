import fs from 'node:fs'
import path from 'node:path'
import { type Config, ConfigError, parseConfig } from '@/lib/config/parse'
import { Refusal } from '../refusal'

/**
 * Reads `.env` of the checkout, where there is one, under what the environment already says, and
 * checks the result.
 * @throws {Refusal} with every bad variable and what it expects, in one line
 */
export function readEnvironment(root: string): Config {
  const file = path.join(root, '.env')
  if (fs.existsSync(file)) process.loadEnvFile(file)
  try {
    return parseConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new Refusal(`The environment is not valid: ${error.problems.join('; ')}`)
  }
}
