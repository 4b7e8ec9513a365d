import fs from 'node:fs'
import path from 'node:path'

const FOLDERS = ['workers', 'lib']
/** An editor saves several files at once. */
const SETTLE_MS = 200

/** Calls `changed` when a source of the worker was saved. */
export function watchSources(root: string, changed: () => void, say: (line: string) => void): void {
  let timer: NodeJS.Timeout | undefined
  for (const folder of FOLDERS) {
    fs.watch(path.join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.[jt]sx?$/.test(file)) return
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => {
        say(`${folder}/${file} changed; starting the worker again …`)
        changed()
      }, SETTLE_MS)
    })
  }
}
