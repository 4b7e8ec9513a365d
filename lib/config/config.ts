import { type Config, ConfigError, parseConfig } from './parse'

let current: Config | undefined

/**
 * The configuration of this process, parsed from the environment at the first call.
 * @throws {ConfigError} naming each bad variable
 */
export function config(): Config {
  current ??= parseConfig(process.env)
  return current
}

/**
 * The database's URL; the launcher sets it for embedded PostgreSQL before anything asks.
 * @throws {ConfigError} when nobody set it
 */
export function databaseUrl(): string {
  const url = config().databaseUrl
  if (!url) throw new ConfigError(['DATABASE_URL: required unless npm start starts the programs'])
  return url
}

/**
 * The key that signs sessions and derives tokens; the launcher sets it when the operator did not.
 * @throws {ConfigError} when nobody set it
 */
export function authSecret(): string {
  const secret = config().authSecret
  if (!secret) throw new ConfigError(['AUTH_SECRET: required unless npm start starts the programs'])
  return secret
}
