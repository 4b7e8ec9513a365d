import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

const statement = /^(?:import|export) (?!type )(?:([^'"]*?) from )?'([^']+)'/gm
const dynamic = /\bimport\('([^']+)'\)/g

/** What a module begins with, and what it imports for more than types. */
function readModule(file: string): { directive: string | undefined; imports: string[] } {
  const text = fs.readFileSync(file, 'utf8')
  const named = [...text.matchAll(statement)].filter(([, names = '']) => !isOfTypes(names))
  const called = [...text.matchAll(dynamic)].flatMap(([, name = '']) => name)
  return {
    directive: /^'(use \w+)'/.exec(text)?.[1],
    imports: [...named.flatMap(([, , name = '']) => name), ...called],
  }
}

/** `{ type A, type B }`: nothing is left of it at run time. */
function isOfTypes(names: string): boolean {
  const parts = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(',') ?? []
  const given = parts.map((part) => part.trim()).filter(Boolean)
  return given.length > 0 && given.every((part) => part.startsWith('type '))
}

/** The file of ours that a name means; undefined for a package. */
function resolve(from: string, name: string): string | undefined {
  const base = name.startsWith('@/')
    ? path.join(root, name.slice(2))
    : name.startsWith('.') && path.resolve(path.dirname(from), name)
  if (!base) return undefined
  return [`${base}.ts`, `${base}.tsx`, base].find((file) => fs.existsSync(file))
}

/** The ways from a module of the browser to a package, by the files they pass. */
function waysTo(wanted: string): { entries: number; ways: string[] } {
  const files = fs
    .readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(root, 'app', name))
  const entries = files.filter((file) => readModule(file).directive === 'use client')
  const ways = new Map(entries.map((file) => [file, path.relative(root, file)]))
  const found: string[] = []
  for (const [file, way] of ways) {
    const { directive, imports } = readModule(file)
    // What a server action imports stays on the server.
    if (directive === 'use server') continue
    for (const name of imports) {
      if (name === wanted || name.startsWith(`${wanted}/`)) found.push(`${way} → ${name}`)
      const target = resolve(file, name)
      if (target && /\.tsx?$/.test(target) && !ways.has(target)) {
        ways.set(target, `${way} → ${path.relative(root, target)}`)
      }
    }
  }
  return { entries: entries.length, ways: found }
}

test('no page brings the schema library to the browser [C5.15]', () => {
  const { entries, ways } = waysTo('zod')
  expect(entries).toBeGreaterThan(50)
  expect(ways).toEqual([])
  // The search does find what is there.
  expect(waysTo('@mantine/core').ways.length).toBeGreaterThan(10)
})
