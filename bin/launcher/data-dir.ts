import fs from 'node:fs'
import path from 'node:path'
import { waitUntil } from '../postgres/processes'
import { Refusal, reason } from '../refusal'
import { secretFile } from '../secret-file'
import { lockHolder, releaseLock, takeLock } from '../setup/lock.mjs'
import { root } from '../setup/root.mjs'

/** A CLI command ends by itself: worth waiting for, unlike another Millrace. */
const CLI_WAIT_MS = 30_000
/** Other users of the machine cannot look into it. Root's PostgreSQL is one: it passes through, no more. */
const MODE = process.getuid?.() === 0 ? 0o711 : 0o700
/** It holds nothing else, so that it is closed to others even if an earlier version made it. */
const DEFAULT = path.join(root, '.data')

/**
 * Makes the data directory if need be and locks it for this process.
 * @returns what gives the lock back, and whether who held it last was killed
 * @throws {Refusal} when it cannot be written, or another Millrace holds it
 */
export async function openDataDir(
  directory: string,
  role: 'start' | 'cli',
): Promise<{ release(): void; wasKilled: boolean }> {
  makeWritable(directory)
  const lock = dataDirLock(directory)
  const wasKilled = fs.existsSync(lock) && !lockHolder(lock)
  let holder = takeLock(lock, role)
  await waitUntil(() => {
    if (holder?.role === 'cli') holder = takeLock(lock, role)
    return holder?.role !== 'cli'
  }, CLI_WAIT_MS)
  if (holder) {
    throw new Refusal(
      `Millrace already runs on the data directory ${directory} (pid ${holder.pid}): stop it, or set DATA_DIR to another.`,
    )
  }
  return { release: () => releaseLock(lock), wasKilled }
}

/** The file that says which process works on the data directory. */
export function dataDirLock(directory: string): string {
  return path.join(directory, 'lock')
}

/** The key the operator chose, else the one kept in the data directory. */
export function authSecret(chosen: string | undefined, directory: string): string {
  return chosen ?? secretFile(path.join(directory, 'auth-secret'))
}

function makeWritable(directory: string): void {
  const probe = path.join(directory, `.probe-${process.pid}`)
  try {
    makeFolder(directory)
    if (path.resolve(directory) === DEFAULT) fs.chmodSync(directory, MODE)
    fs.writeFileSync(probe, '')
    fs.rmSync(probe)
  } catch (error) {
    throw new Refusal(`The data directory (DATA_DIR) cannot be written: ${reason(error)}`)
  }
}

/** Node.js's own recursive mkdir tries for ever where a file system takes no folders. */
function makeFolder(directory: string): void {
  if (fs.existsSync(directory)) return
  makeFolder(path.dirname(directory))
  fs.mkdirSync(directory, { mode: MODE })
}
