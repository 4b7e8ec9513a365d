import { type Config, parseConfig } from './parse'

let current: Config | undefined

/**
 * The configuration of this process, parsed from the environment at the first call.
 * @throws {ConfigError} naming each bad variable
 */
export function config(): Config {
  current ??= parseConfig(process.env)
  return current
}

/** The database's URL; the launcher sets it for embedded PostgreSQL before anything asks. */
export function databaseUrl(): string {
  const url = config().databaseUrl
  if (!url) throw new Error('DATABASE_URL is not set: start with `npm start`, or set it')
  return url
}

/** The key that signs sessions and derives tokens; the launcher sets it when the operator did not. */
export function authSecret(): string {
  const secret = config().authSecret
  if (!secret) throw new Error('AUTH_SECRET is not set: start with `npm start`, or set it')
  return secret
}
