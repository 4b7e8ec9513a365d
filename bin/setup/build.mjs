import fs from 'node:fs'
import path from 'node:path'
import { bundleOptions } from './bundle.mjs'
import { SetupFailure } from './failure.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { makeIfStale } from './set-up.mjs'

const SHARED = [
  'lib',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'prisma/schema.prisma',
]
const LOG = 'dist/build.log'

const web = {
  stamp: '.next/.stamp',
  sources: ['app', 'proxy.ts', 'instrumentation-client.ts', 'next.config.js', ...SHARED],
  result: '.next/BUILD_ID',
}
const programs = {
  stamp: 'dist/.stamp',
  sources: ['workers', 'bin/web', 'bin/setup/build.mjs', 'bin/setup/bundle.mjs', ...SHARED],
  result: 'dist/worker.js',
}

/**
 * Builds what is not built from the present sources: the web application, and the programs
 * that run it and the worker.
 *
 * @param {(line: string) => void} say progress for the person who waits
 */
export async function build(say) {
  await makeIfStale(web, () => buildWeb(say))
  await makeIfStale(programs, () => buildPrograms(say))
}

async function buildWeb(say) {
  say('Building the web application (next build; this takes a minute) …')
  const { NODE_ENV: _, ...env } = process.env
  const next = path.join(root, 'node_modules/next/dist/bin/next')
  const { code, output } = await run(process.execPath, [next, 'build'], {
    cwd: root,
    env: { ...env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  if (code !== 0) throw failure('next build', output)
}

async function buildPrograms(say) {
  say('Building the worker …')
  const { build: bundle } = await import('esbuild')
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true })
  try {
    await bundle(bundleOptions({ worker: 'workers/main.ts', web: 'bin/web/main.ts' }, 'dist'))
  } catch (error) {
    throw failure('esbuild', String(error?.message))
  }
}

function failure(program, output) {
  const log = path.join(root, LOG)
  fs.mkdirSync(path.dirname(log), { recursive: true })
  fs.writeFileSync(log, output)
  const lines = output.split('\n').map((line) => line.trim())
  // What says that there are errors comes before what they are.
  const line = lines.find((text) => /error\b.*:/i.test(text) && !/failed|occurred/i.test(text))
  return new SetupFailure(`${program} failed (all of it: ${LOG}): ${line ?? 'no reason given'}`)
}
