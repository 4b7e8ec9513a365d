import type { NextAuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import credentials from 'next-auth/providers/credentials'
import type { Origin } from '@/lib/access/origin'
import {
  type SignedIn,
  secureCookies,
  sessionCookie,
  viewerOfSessionId,
} from '@/lib/auth/session-token'
import { closeSession, openSession, SESSION_SECONDS } from '@/lib/auth/sessions'
import { recordSignIn, type SessionUser, signInWithPassword } from '@/lib/auth/sign-in'
import { authSecret } from '@/lib/config/config'
import { logger } from '@/lib/telemetry/logger'
import { type IdentityRefusal, userOfIdentity } from './identity'
import { oauthProviders, verifiedEmail } from './providers'

type RequestFacts = {
  clientAddress: string
  from: Origin | undefined
  /** The cookie of a browser that somebody signed in on before. */
  browserToken?: string | undefined
  /** Whoever is signed in already, and now connects a provider. */
  viewer: SignedIn | null
  /** Hears why a password or session could not be checked, e.g. too many tries. */
  onRefusal(error: unknown): void
}

/**
 * next-auth's options for one request. They are made per call because they read the environment,
 * which `next build` runs without, and because they remember who this request signs in.
 */
export function authOptions(facts: RequestFacts): NextAuthOptions {
  const { clientAddress, browserToken, from, viewer, onRefusal } = facts
  let signingIn: SessionUser | undefined
  let current: SignedIn | null = null

  /** A database that is away ends no session: next-auth would delete the cookie. */
  async function stillValid({ sid }: JWT): Promise<boolean> {
    try {
      current = typeof sid === 'string' ? await viewerOfSessionId(sid, from) : null
      return current !== null
    } catch (error) {
      onRefusal(error)
      return true
    }
  }

  return {
    secret: authSecret(),
    useSecureCookies: secureCookies(),
    cookies: { sessionToken: sessionCookie(), ...hostCookies() },
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-out' },
    logger: authLogger,
    providers: [
      credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(input) {
          try {
            const { email = '', password = '' } = input ?? {}
            signingIn =
              (await signInWithPassword({ email, password }, clientAddress, browserToken)) ??
              undefined
            return signingIn ? { id: signingIn.id } : null
          } catch (error) {
            onRefusal(error)
            return null
          }
        },
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      // Of whatever was asked for, a page of this app; what is no address leads to its first one.
      async redirect({ url, baseUrl }) {
        const asked = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : undefined
        return asked?.origin === new URL(baseUrl).origin ? asked.href : baseUrl
      },
      async signIn({ account, profile, user }) {
        if (!account || account.type === 'credentials') return Boolean(signingIn)
        const identity = {
          provider: account.provider,
          providerAccountId: account.providerAccountId,
          verifiedEmail: await verifiedEmail(account.provider, profile, account.access_token),
          name: user.name ?? '',
        }
        const found = await userOfIdentity(identity, viewer)
        if (typeof found === 'string') return refusalPage(found)
        signingIn = found
        await recordSignIn(found.id)
        return true
      },
      async jwt({ token }): Promise<JWT> {
        if (signingIn) {
          if (viewer) await closeSession(viewer.sessionId)
          return { sid: await openSession(signingIn, from) }
        }
        if (!(await stillValid(token))) throw new Error('This session has ended.')
        return token
      },
      async session({ session }) {
        const user = current && { name: current.name, email: current.email }
        return { ...session, user: user ?? {} }
      },
    },
    events: {
      async signOut({ token: { sid } }) {
        if (typeof sid === 'string') await closeSession(sid).catch(onRefusal)
      },
    },
  }
}

function refusalPage(refusal: IdentityRefusal): string {
  return `/sign-in?error=${refusal}`
}

/** next-auth's other cookies, bound to the host as the session's is. */
function hostCookies(): NextAuthOptions['cookies'] {
  const { options } = sessionCookie()
  const prefix = options.secure ? '__Host-' : ''
  const short = { ...options, maxAge: 15 * 60 }
  return {
    callbackUrl: { name: `${prefix}next-auth.callback-url`, options },
    csrfToken: { name: `${prefix}next-auth.csrf-token`, options },
    pkceCodeVerifier: { name: `${prefix}next-auth.pkce.code_verifier`, options: short },
    state: { name: `${prefix}next-auth.state`, options: short },
    nonce: { name: `${prefix}next-auth.nonce`, options: short },
  }
}

const authLogger = {
  error(code: string, details: unknown) {
    // An ended or forged session is everyday business, not a fault.
    const level = code === 'JWT_SESSION_ERROR' ? 'debug' : 'error'
    logger('auth')[level](
      { code, err: details instanceof Error ? details : undefined },
      'next-auth',
    )
  },
  warn(code: string) {
    logger('auth').debug({ code }, 'next-auth')
  },
  debug() {},
}
