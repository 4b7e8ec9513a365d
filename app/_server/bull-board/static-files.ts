import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Env, MiddlewareHandler } from 'hono'
import { type ServeStaticOptions, serveStatic } from 'hono/serve-static'

/** Names carry a hash of what is in the file. */
const CACHE = 'private, max-age=31536000, immutable'

/** Serves files of a folder; paths that lead out of it were refused before. */
export function serveFiles<E extends Env>(options: ServeStaticOptions<E>): MiddlewareHandler {
  return serveStatic<E>({
    ...options,
    join: path.join,
    getContent: (file) => contentOf(file),
    onFound: (_file, context) => context.header('cache-control', CACHE),
  })
}

async function contentOf(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch {
    return null
  }
}
