import type { Config } from './parse'

/** Shorter ones are no secrets, and would be found in every other word. */
const SHORTEST = 6

/** Every secret in the configuration, in each of the ways that it may be written. */
export function configuredSecrets(config: Config): string[] {
  const secrets = [
    config.authSecret,
    config.metricsToken,
    config.s3?.credentials?.secretAccessKey,
    config.github?.clientSecret,
    config.google?.clientSecret,
    passwordOf(config.databaseUrl),
    passwordOf(config.mail.smtpUrl),
    passwordOf(config.redis?.kind === 'standalone' ? config.redis.url : undefined),
  ]
  const spellings = secrets.flatMap((secret) => (secret ? spellingsOf(secret) : []))
  return [...new Set(spellings)].filter(({ length }) => length >= SHORTEST)
}

function passwordOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).password || undefined : undefined
}

/** As it is, as in a URL, without a URL's escapes, and each of these inside JSON. */
function spellingsOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret), decoded(secret)].flatMap((spelling) => [
    JSON.stringify(spelling).slice(1, -1),
    spelling,
  ])
}

function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret)
  } catch {
    return secret
  }
}
