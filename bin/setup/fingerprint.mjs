import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

/**
 * A hash of the content of these files and folders (those that exist): times change with every
 * checkout, content does not.
 *
 * @param {string[]} sources paths in the checkout
 * @param {(file: string) => boolean} include
 */
export function fingerprint(sources, include = () => true) {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesOf(source)) {
      if (!include(file)) continue
      hash
        .update(`${file}\0`)
        .update(fs.readFileSync(path.join(root, file)))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

function filesOf(source) {
  const stat = fs.statSync(path.join(root, source), { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [source]
  return fs
    .readdirSync(path.join(root, source), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}

/**
 * @param {string} stamp the file that says what was made from what
 * @param {string} wanted
 */
export function isStamped(stamp, wanted) {
  try {
    return fs.readFileSync(path.join(root, stamp), 'utf8').trim() === wanted
  } catch {
    return false
  }
}

/**
 * @param {string} stamp
 * @param {string} value
 */
export function writeStamp(stamp, value) {
  fs.mkdirSync(path.dirname(path.join(root, stamp)), { recursive: true })
  fs.writeFileSync(path.join(root, stamp), `${value}\n`)
}

/** @param {string} stamp */
export function clearStamp(stamp) {
  fs.rmSync(path.join(root, stamp), { force: true })
}
