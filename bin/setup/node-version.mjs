import { SetupFailure } from './failure.mjs'

const MINIMUM = [20, 19]

/**
 * @param {string} version such as "20.19.0"
 * @throws {SetupFailure} when this Node.js is too old
 */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = MINIMUM
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new SetupFailure(
    `Millrace needs Node.js ${MINIMUM.join('.')} or newer; this is ${version}.`,
  )
}
