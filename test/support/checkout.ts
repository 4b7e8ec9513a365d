import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** What is made, not written. */
const made = new Set(['.data', '.env', '.git', '.next', 'dist', 'node_modules'])

/** A checkout of its own, with the packages of this one, for what writes into sources; the caller removes it. */
export type Checkout = { folder: string; remove(): void }

export function copyCheckout(): Checkout {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-tree-'))
  for (const name of fs.readdirSync(root).filter((each) => !made.has(each))) {
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true })
  }
  // Links to each file: a link to the folder would lead the tools of the copy back to this tree.
  const packages = path.join(root, 'node_modules')
  const { status } = spawnSync('cp', ['-Rl', packages, folder])
  if (status !== 0) fs.cpSync(packages, path.join(folder, 'node_modules'), { recursive: true })
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) }
}

/** The environment of a command as a person types it, without what belongs to the tests. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|MILLRACE_|DATABASE_URL)/.test(name),
  )
  return { ...Object.fromEntries(own), NODE_ENV: 'development' }
}
