import { config } from './config'

/**
 * Tells next-auth the app's address, which it reads from the environment at every request.
 * Without `APP_URL` it believes the request's own host, so that `localhost` and `127.0.0.1` both work.
 */
export function prepareAuthEnvironment(): void {
  const { appOrigin, appUrl } = config()
  if (appOrigin) {
    process.env.NEXTAUTH_URL = appUrl
  } else {
    delete process.env.NEXTAUTH_URL
    process.env.AUTH_TRUST_HOST = 'true'
  }
}
