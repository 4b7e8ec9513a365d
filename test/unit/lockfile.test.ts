import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const text = readFileSync(path.resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')
const optional = z.record(z.string(), z.string()).default({})
const { packages } = z
  .object({ packages: z.record(z.string(), z.object({ optionalDependencies: optional })) })
  .parse(JSON.parse(text))

/** Looks as Node.js does: beside the package, then further up. */
function isLocked(where: string, name: string): boolean {
  if (packages[`${where ? `${where}/` : ''}node_modules/${name}`]) return true
  if (!where) return false
  const parent = where.lastIndexOf('/node_modules/')
  return isLocked(parent === -1 ? '' : where.slice(0, parent), name)
}

describe('the lock file', () => {
  test('knows the packages of every platform, so that npm ci works on each', () => {
    const missing = Object.entries(packages).flatMap(([where, { optionalDependencies }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(where, name)),
    )
    expect(missing).toEqual([])
  })

  test('names no host: packages come from whatever registry is configured', () => {
    expect(text).not.toContain('"resolved"')
  })
})
