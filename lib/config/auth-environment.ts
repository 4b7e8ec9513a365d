import { config } from './config'

/** True when the operator named the app's address; false when it answers to whatever address it is reached at. */
function hasAppUrl(): boolean {
  return Boolean(process.env.APP_URL)
}

/**
 * Tells next-auth the app's address, which it reads from the environment at every request.
 * Without `APP_URL` it believes the request's own host, so that `localhost` and `127.0.0.1` both work.
 */
export function prepareAuthEnvironment(): void {
  if (hasAppUrl()) {
    process.env.NEXTAUTH_URL = config().appUrl
  } else {
    delete process.env.NEXTAUTH_URL
    process.env.AUTH_TRUST_HOST = 'true'
  }
}
