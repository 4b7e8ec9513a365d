import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** The name of a test that ends with the numbers of the findings it shows, as in `[S8, C5.4]`. */
const TAGGED = /(['`])((?:(?!\1).)*?) \[((?:[RS]\d+|C5\.\d+)(?:, (?:[RS]\d+|C5\.\d+))*)\]\1/g

/** Rows like `| S1 | what was found | its tests |`. */
const ROW = /^\| ([RSC][\d.]+) +\|[^|]*\|([^|]*)\|$/gm

/** Findings that are about how something is written: their rows say what became of them. */
const untested = new Set(['C5.14', 'C5.16'])

/** The documents that say what was found, and what each of them is about. */
const documents = {
  'docs/security.md': range('S', 24),
  'docs/reliability.md': [...range('R', 12), ...range('C5.', 17)],
}

function range(prefix: string, last: number): string[] {
  return Array.from({ length: last }, (_, index) => `${prefix}${index + 1}`)
}

/** The names of the tests of each finding. */
function testsByFinding(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const files = fs.readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.ts')).toSorted()) {
    const source = fs.readFileSync(path.join(root, 'test', file), 'utf8')
    for (const [, , name = '', numbers = ''] of source.matchAll(TAGGED)) {
      for (const number of numbers.split(', ')) {
        found.set(number, [...(found.get(number) ?? []), name])
      }
    }
  }
  return found
}

const tests = testsByFinding()

describe.each(Object.entries(documents))('%s', (file, findings) => {
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  const rows = new Map(
    [...text.matchAll(ROW)].map(([, number = '', names = '']) => [number, names]),
  )

  it('has a row for each finding', () => {
    expect([...rows.keys()]).toEqual(findings)
  })

  it.each(findings.filter((number) => !untested.has(number)))('names the tests of %s', (number) => {
    const names = tests.get(number) ?? []
    expect(names.length).toBeGreaterThan(0)
    expect(rows.get(number)?.trim()).toBe(names.map((name) => `“${name}”`).join('<br>'))
  })
})
