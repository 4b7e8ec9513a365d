import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { missingFor } from '@/test/support/schema-steps'

const prisma = path.resolve(import.meta.dirname, '../../prisma')
const read = (name: string) => fs.readFileSync(path.join(prisma, name), 'utf8')

const job = (...fields: string[]) =>
  `enum Color {\n  RED\n}\n\nmodel Job {\n  ${fields.join('\n  ')}\n}\n`

const before = job('id String @id', 'color Color', 'turn Int @ignore', 'owner User?')

describe('the schema', () => {
  test('lets the program of the last release run beside this one, since it drops in two steps', () => {
    expect(missingFor(read('released.prisma'), read('schema.prisma'))).toEqual([])
  })
})

describe('a change of the schema', () => {
  test.each([
    ['a column more that needs no value', ['size Int?', 'tags String[]', 'age Int @default(0)']],
    ['a relation', ['files File[]', 'batch Batch?']],
  ])('may be %s', (_what, added) => {
    const others = 'model File {\n  id String @id\n}\n\nmodel Batch {\n  id String @id\n}\n'
    const after = job('id String @id', 'color Color', 'owner User?', ...added)
    expect(missingFor(before, after + others)).toEqual([])
  })

  test.each([
    ['a column that is used', job('id String @id', 'owner User?'), 'Job.color is gone'],
    [
      'another type',
      before.replace('color Color', 'color String'),
      'Job.color was Color and is String',
    ],
    ['a value that is used', before.replace('RED', 'BLUE'), 'Color.RED is gone'],
    [
      'a column more that needs a value',
      before.replace('owner', 'size Int\n  owner'),
      'Job.size is new, and has neither a default nor a ?',
    ],
  ])('may not be, in one step, %s', (_what, after, problem) => {
    expect(missingFor(before, after)).toEqual([problem])
  })
})
