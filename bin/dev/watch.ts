import path from 'node:path'
import { watch } from 'chokidar'

/** What an application is made of, in the checkout. */
const SOURCES = ['app', 'bin', 'lib', 'workers', 'prisma', '.env', 'next.config.js', 'package.json']
/** Made by ourselves, from the sources. */
const GENERATED = 'lib/db/generated'
/** An editor saves several files at once, and a checkout many. */
const SETTLE_MS = 50

/**
 * Calls `changed` with the paths of the checkout that were saved, added, moved or deleted, however that
 * was done.
 * @returns ends it
 */
export function watchSources(root: string, changed: (files: Set<string>) => void) {
  let files = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(SOURCES, {
    cwd: root,
    ignoreInitial: true,
    ignored: (file) => path.relative(root, path.resolve(root, file)).startsWith(GENERATED),
  })
  watcher.on('all', (_event, file) => {
    files.add(file)
    clearTimeout(timer)
    timer = setTimeout(() => {
      const seen = files
      files = new Set()
      changed(seen)
    }, SETTLE_MS)
  })
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}
