import fs from 'node:fs'
import { isAlive, statOf } from './processes.mjs'

/**
 * @typedef {{ pid: number, role: string, started: string }} Holder
 */

/**
 * Takes the lock of `file` for this process. A lock whose process is gone is taken over.
 *
 * @param {string} file
 * @param {string} role what the holder does with it
 * @returns {Holder | undefined} who holds it, undefined when it is ours now
 */
export function takeLock(file, role) {
  const mine = JSON.stringify({ pid: process.pid, role, started: statOf(process.pid).started })
  const draft = `${file}.${process.pid}`
  for (let attempt = 0; attempt < 10; attempt++) {
    fs.writeFileSync(draft, mine, { mode: 0o600 })
    try {
      // A link appears whole or not at all, and never replaces another's.
      fs.linkSync(draft, file)
      return undefined
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    } finally {
      fs.rmSync(draft, { force: true })
    }
    const text = read(file)
    const holder = parse(text)
    if (holder && lives(holder)) return holder
    removeStale(file, text)
  }
  return parse(read(file))
}

/** Gives the lock back, if it is still ours. */
export function releaseLock(/** @type {string} */ file) {
  if (parse(read(file))?.pid === process.pid) fs.rmSync(file, { force: true })
}

/**
 * @param {string} file
 * @returns {Holder | undefined} the living process that holds the lock
 */
export function lockHolder(file) {
  const holder = parse(read(file))
  return holder && lives(holder) ? holder : undefined
}

/** Two processes may judge the same lock stale: only the one that moved exactly that file removes it. */
function removeStale(file, text) {
  const aside = `${file}.stale-${process.pid}`
  try {
    fs.renameSync(file, aside)
    if (read(aside) !== text) fs.linkSync(aside, file)
  } catch {
    // Somebody else was faster; the next attempt sees what they did.
  }
  fs.rmSync(aside, { force: true })
}

/** A process id alone is not enough: it may belong to another process by now. */
function lives({ pid, started }) {
  return isAlive(pid) && statOf(pid).started === started
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function parse(text) {
  try {
    const holder = JSON.parse(text)
    return Number.isInteger(holder?.pid) ? holder : undefined
  } catch {
    return undefined
  }
}
