import fs from 'node:fs'
import path from 'node:path'
import { context, type Message } from 'esbuild'
import { reason } from '../refusal'
import { bundleOptions } from '../setup/bundle.mjs'
import { root } from '../setup/root.mjs'

/** Beside what production builds, and never in its way. */
const FOLDER = 'dist/dev'

/** What became of a bundle: other JavaScript than before, the same, or none, for these reasons. */
type Rebuilt = { state: 'changed' | 'same' } | { state: 'broken'; errors: string[] }

/** One program of the application, bundled again whenever its sources change. */
export type ProgramBundle = {
  /** The file that Node.js runs. */
  file: string
  rebuild(): Promise<Rebuilt>
  end(): Promise<void>
}

/**
 * A bundle of `source`, which is made at the first `rebuild`. Its chunks stay while it lives: a program
 * that still ends may need those it was started with.
 */
export async function bundleProgram(name: string, source: string): Promise<ProgramBundle> {
  const folder = `${FOLDER}/${name}`
  fs.rmSync(path.join(root, folder), { recursive: true, force: true })
  const bundler = await context({ ...bundleOptions({ [name]: source }, folder), write: false })
  let made = ''
  return {
    file: path.join(root, folder, `${name}.js`),
    async rebuild() {
      try {
        const { outputFiles } = await bundler.rebuild()
        const hash = outputFiles.map(({ path: file, hash }) => `${file} ${hash}`).join('\n')
        if (hash === made) return { state: 'same' }
        for (const { path: file, contents } of outputFiles) {
          fs.mkdirSync(path.dirname(file), { recursive: true })
          fs.writeFileSync(file, contents)
        }
        made = hash
        return { state: 'changed' }
      } catch (error) {
        return { state: 'broken', errors: reasons(error) }
      }
    },
    end: () => bundler.dispose(),
  }
}

function reasons(error: unknown): string[] {
  if (!isBuildFailure(error)) return [reason(error)]
  return error.errors.map(({ text, location }) =>
    location ? `${location.file}:${location.line}: ${text}` : text,
  )
}

function isBuildFailure(error: unknown): error is Error & { errors: Message[] } {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}
