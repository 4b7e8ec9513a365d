import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '../refusal'
import { root } from '../setup/root.mjs'
import { run } from '../setup/run.mjs'
import { checkName, type JobName } from './name'
import { definitionOf, handlerOf, testOf } from './templates'

const CATALOG = 'lib/jobs/catalog.ts'
const HANDLERS = 'workers/handlers/index.ts'

/**
 * Writes a job type to start from: its definition, its handler, a test that passes, and the line each
 * needs in the catalog and in the list of handlers.
 * @returns the exit code
 * @throws {Refusal} for a bad or taken name; nothing is written then
 */
export async function newJob(type: string | undefined): Promise<number> {
  const name = checkName(type)
  const written = {
    [`lib/jobs/types/${name.type}.ts`]: definitionOf(name),
    [`workers/handlers/${name.type}.ts`]: handlerOf(name),
    [`test/integration/jobs/${name.type}.test.ts`]: testOf(name),
  }
  const there = Object.keys(written).find((file) => fs.existsSync(path.join(root, file)))
  if (there) throw new Refusal(`There is a file ${there} already.`)
  const changed = { [CATALOG]: inCatalog(name), [HANDLERS]: inHandlers(name) }
  for (const [file, text] of Object.entries({ ...written, ...changed })) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), text)
  }
  await format(Object.keys({ ...written, ...changed }))
  for (const file of Object.keys(written)) console.log(`Wrote ${file}`)
  for (const file of Object.keys(changed)) console.log(`Added a line to ${file}`)
  console.log(`Try it: npm test -- test/integration/jobs/${name.type}.test.ts`)
  return 0
}

/** The catalog with the new type in it. */
function inCatalog({ type, identifier }: JobName): string {
  const entry = identifier === type ? identifier : `'${type}': ${identifier}`
  const text = replaced(CATALOG, /(export const catalog = \{[^}]*?),?\s*\}/, `$1, ${entry} }`)
  return `import { ${identifier} } from './types/${type}'\n${text}`
}

/** The list of handlers with the new type's in it. */
function inHandlers({ type, identifier }: JobName): string {
  const key = identifier === type ? type : `'${type}'`
  const line = `  ${key}: async () => (await import('./${type}')).${identifier},\n}`
  return replaced(HANDLERS, /\}\s*$/, `${line}\n`)
}

function replaced(file: string, pattern: RegExp, by: string): string {
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  if (!pattern.test(text))
    throw new Refusal(`${file} does not look as expected: add the line there.`)
  return text.replace(pattern, by)
}

/** Sorts imports and breaks lines as the rest of the code does. */
async function format(files: string[]): Promise<void> {
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
  await run(process.execPath, [biome, 'check', '--write', ...files], { cwd: root })
}
