import fs from 'node:fs'
import path from 'node:path'
import { answers } from '../launcher/ports'
import { exists, isAlive } from '../setup/processes.mjs'
import { commandLine, processesIn, waitUntil } from './processes'

const FAST_STOP_MS = 20_000
const IMMEDIATE_STOP_MS = 5_000
/** A server that runs takes connections by then, even when it is busy. */
const ANSWER_MS = 5_000

/** What the lock file of a running server says. */
type Postmaster = { pid: number; port: number; ready: boolean }

/** The server that runs on this cluster, undefined when none does (whatever a stale file says). */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const file = lockFile(cluster)
  return file && isAlive(file.pid) && isServer(file.pid, cluster) ? file : undefined
}

/**
 * Removes a lock file whose process id is taken, by somebody else or by a server that ended and that
 * nobody has taken note of (PostgreSQL would refuse to start). A file whose id is free stays:
 * PostgreSQL handles it, and looks for orphans by it.
 */
export async function repairLockFile(cluster: string): Promise<void> {
  const file = lockFile(cluster)
  if (!file) return
  const isKnown = commandLine(file.pid) !== undefined
  if (runningPostmaster(cluster)) {
    if (isKnown || !file.ready) return
    if (await waitUntil(() => answers(file.port), ANSWER_MS)) return
  }
  // Orphans of a killed server notice within moments; two servers on one cluster would destroy it.
  await waitUntil(() => processesIn(cluster).length === 0, IMMEDIATE_STOP_MS)
  for (const pid of processesIn(cluster)) process.kill(pid, 'SIGKILL')
  await waitUntil(() => processesIn(cluster).length === 0, IMMEDIATE_STOP_MS)
  if (exists(file.pid)) fs.rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
}

/** Stops the server: clients are disconnected, everything committed is on disk. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const running = runningPostmaster(cluster)
  if (!running) return
  const { pid } = running
  const stopped = () => !isAlive(pid)
  const attempts: [NodeJS.Signals, number][] = [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
    ['SIGKILL', IMMEDIATE_STOP_MS],
  ]
  for (const [signal, limit] of attempts) {
    if (stopped()) return
    process.kill(pid, signal)
    if (await waitUntil(stopped, limit)) return
  }
}

/** The id may belong to somebody else by now, even to another PostgreSQL or a reader of its log. */
function isServer(pid: number, cluster: string): boolean {
  const command = commandLine(pid)
  return command === undefined || `${command} `.includes(` -D ${cluster} `)
}

function lockFile(cluster: string): Postmaster | undefined {
  try {
    const lines = fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}
