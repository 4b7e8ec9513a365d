import fs from 'node:fs'
import path from 'node:path'

/** Programs that will do, best first. */
export const REDIS_SERVERS = ['redis-server', 'valkey-server']
export const PROMETHEUS = ['prometheus']
export const PROMTOOL = ['promtool']

const MORE_FOLDERS = ['/usr/local/bin', '/usr/bin', '/usr/sbin', '/opt/homebrew/bin', '/snap/bin']

/** The path of the first of `names` that is installed. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...MORE_FOLDERS]
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => isExecutable(file))
}

/** Whether `file` is a program we may run. */
export function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}
