import { Refusal, reason } from '../refusal'
import { probePort } from './ports'

/**
 * Checks that the web server will be able to listen.
 * @throws {Refusal} naming PORT or HOST
 */
export async function checkPort(port: number, host: string): Promise<void> {
  try {
    await probePort(port, host)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new Refusal(
        `PORT ${port} is in use: stop the program that uses it, or set PORT to another.`,
      )
    }
    if (code === 'EACCES') throw new Refusal(`PORT ${port} needs more rights: set PORT to another.`)
    throw new Refusal(`HOST ${host} cannot be listened on: ${reason(error)}`)
  }
}
