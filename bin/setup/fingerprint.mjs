import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

/** Made from other sources. */
const GENERATED = 'lib/db/generated/'

/**
 * A hash of the content of these files and folders (those that exist): times change with every
 * checkout, content does not.
 *
 * @param {string[]} sources paths in the checkout
 */
export function fingerprint(sources) {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesOf(source)) {
      if (file.startsWith(GENERATED)) continue
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
 * Whether a stamp says that something was made from what has this fingerprint.
 *
 * @param {string} stamp
 * @param {string} wanted
 */
export function isStamped(stamp, wanted) {
  const file = path.join(root, stamp)
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8').trim() === wanted
}

/**
 * Does work, and stamps what it makes. The stamp says what the work began with: a file saved meanwhile
 * makes it stale again.
 *
 * @param {string} stamp
 * @param {string} made
 * @param {() => Promise<void>} work
 */
export async function stamped(stamp, made, work) {
  const file = path.join(root, stamp)
  fs.rmSync(file, { force: true })
  await work()
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `${made}\n`)
}
