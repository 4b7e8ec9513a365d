import { readdirSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

export type Route = { method: string; path: string; handler: unknown }

/** Every method a `route.ts` under `app/` answers, with the address of its folder. */
export async function routesOfApp(): Promise<Route[]> {
  const files = filesNamed('route.ts')
  const routes = files.map(async (file) => {
    const module: Record<string, unknown> = await import(path.join(root, 'app', file))
    const methods = METHODS.filter((method) => method in module)
    return methods.map((method) => ({ method, path: addressOf(file), handler: module[method] }))
  })
  return (await Promise.all(routes)).flat()
}

/** The address of every `page.tsx` under `app/`. */
export function pagesOfApp(): string[] {
  return filesNamed('page.tsx').map(addressOf)
}

function filesNamed(name: string): string[] {
  const entries = readdirSync(path.join(root, 'app'), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => path.relative(path.join(root, 'app'), path.join(entry.parentPath, entry.name)))
    .sort()
}

/** Next.js: a folder per segment, `(group)` is none, `[name]` stands for anything. */
function addressOf(file: string): string {
  const segments = path.dirname(file).split(path.sep)
  const shown = segments.filter((segment) => segment !== '.' && !segment.startsWith('('))
  return `/${shown.join('/')}`.replace(/\[(\w+)\]/g, '{$1}')
}
