import path from 'node:path'
import { SetupFailure } from './failure.mjs'
import { fingerprint, isStamped, writeStamp } from './fingerprint.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'

const STAMP = 'lib/db/generated/.stamp'
const SOURCES = [
  'prisma/schema.prisma',
  'prisma.config.ts',
  'node_modules/prisma/package.json',
  'node_modules/@prisma/client/package.json',
]

/** Whether the Prisma client was not made from this schema by this Prisma. */
export function generateIsStale() {
  return !isStamped(STAMP, fingerprint(SOURCES))
}

/** Makes the Prisma client. */
export async function generate() {
  const made = fingerprint(SOURCES)
  const prisma = path.join(root, 'node_modules/prisma/build/index.js')
  const { code, output } = await run(process.execPath, [prisma, 'generate'], {
    cwd: root,
    // Generating needs no engine, but Prisma downloads one unless told that there is one.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  })
  if (code !== 0) {
    const line = output.split('\n').find((text) => /error/i.test(text)) ?? `exit code ${code}`
    throw new SetupFailure(`prisma generate failed: ${line.trim()}`)
  }
  writeStamp(STAMP, made)
}
