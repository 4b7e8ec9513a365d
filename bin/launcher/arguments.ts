import path from 'node:path'
import { root } from '../setup/root.mjs'

/** Stacks name the sources, not what was made from them. */
const MAPPED = '--enable-source-maps'

/**
 * Hundreds of attempts at once outlive V8's default of 16 MB for what is young, and are copied again and
 * again: with 64 MB a job costs a sixth less.
 */
const ROOM_FOR_YOUNG = '--max-semi-space-size=64'

/** Node.js's arguments for the web server, of which `file` is the bundle. */
export const webArguments = (file: string) => [MAPPED, file]

/** Node.js's arguments for a worker, of which `file` is the bundle. */
export const workerArguments = (file: string) => [
  ...[MAPPED, ROOM_FOR_YOUNG],
  ...['--import', path.join(root, 'bin/child/leash.mjs'), file],
]
