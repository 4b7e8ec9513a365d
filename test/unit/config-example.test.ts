import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { environmentSchema } from '@/lib/config/schema'

test('.env.example documents every variable, and no other', () => {
  const file = path.resolve(import.meta.dirname, '../../.env.example')
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  const documented = lines.flatMap((line) => /^#?\s?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? [])
  const known = Object.keys(environmentSchema.shape)

  expect(documented.filter((name) => !name.startsWith('WORKER_CONCURRENCY_')).sort()).toEqual(
    known.sort(),
  )
  expect(documented).toContain('WORKER_CONCURRENCY_EMAIL')
})
