import github from 'next-auth/providers/github'
import google from 'next-auth/providers/google'
import { z } from 'zod'
import { config } from '@/lib/config/config'

/** Longest wait for GitHub to list someone's addresses. */
const EMAILS_TIMEOUT_MS = 10_000

const githubEmails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
)

/** The providers the operator configured, as the sign-in page shows them. */
export function configuredProviders(): { id: 'github' | 'google'; label: string }[] {
  const { github, google } = config()
  return [
    ...(github ? [{ id: 'github', label: 'GitHub' } as const] : []),
    ...(google ? [{ id: 'google', label: 'Google' } as const] : []),
  ]
}

/** The same for next-auth. */
export function oauthProviders() {
  const configured = config()
  return [
    ...(configured.github ? [github({ ...configured.github })] : []),
    ...(configured.google ? [google({ ...configured.google })] : []),
  ]
}

/**
 * The address a provider vouches for. GitHub's profile does not say whether its address is
 * verified, so the list of addresses is asked for the primary, verified one.
 */
export async function verifiedEmail(
  provider: string,
  profile: object | undefined,
  accessToken: string | undefined,
): Promise<string | undefined> {
  if (provider === 'google') {
    const claims = z.object({ email: z.string(), email_verified: z.literal(true) })
    return claims.safeParse(profile).data?.email
  }
  if (provider !== 'github' || !accessToken) return undefined
  const response = await fetch('https://api.github.com/user/emails', {
    headers: { authorization: `Bearer ${accessToken}`, 'user-agent': 'millrace' },
    signal: AbortSignal.timeout(EMAILS_TIMEOUT_MS),
  })
  if (!response.ok) return undefined
  const emails = githubEmails.safeParse(await response.json()).data
  return emails?.find(({ primary, verified }) => primary && verified)?.email
}
