import { webArguments, workerArguments } from '../launcher/arguments'
import type { Launch, Programs } from '../launcher/launch'
import { Program } from '../launcher/program'
import { root } from '../setup/root.mjs'
import { followSaves, type Part, renew } from './follow'
import { bundleProgram } from './program-bundle'
import { readableLog } from './readable-log'
import { watchSources } from './watch'

/** Where debuggers connect: `npm run dev -- --inspect`. */
const INSPECTOR_PORTS = { web: 9229, worker: 9230 }

/** The second may do what the first could not; a third tells nothing new. */
const MAX_FAILED_STARTS = 2

/**
 * Starts the programs from their sources, and keeps them up to date with what is saved. What cannot be
 * built, read or applied is reported, and the programs go on as they are until the next save.
 */
export async function develop(launch: Launch, args: string[]): Promise<Programs> {
  const { say, environment } = launch
  const inspect = args.includes('--inspect')
  const inspector = (program: keyof typeof INSPECTOR_PORTS) =>
    inspect ? [`--inspect=127.0.0.1:${INSPECTOR_PORTS[program]}`] : []

  async function part(
    name: string,
    source: string,
    argumentsFor: (file: string) => string[],
  ): Promise<Part> {
    const bundle = await bundleProgram(name, source)
    const program = new Program({
      name,
      args: argumentsFor(bundle.file),
      env: environment(process.env),
      log: readableLog(),
      say,
      maxFailedStarts: MAX_FAILED_STARTS,
      onGiveUp: ({ message }) => say(`${message} It starts again once its sources change.`),
    })
    return { name, bundle, program }
  }

  const worker = await part('worker', 'workers/main.ts', (file) => [
    ...inspector('worker'),
    ...workerArguments(file),
  ])
  const web = await part('web server', 'bin/web/main.ts', (file) => [
    ...inspector('web'),
    ...webArguments(file),
    '--dev',
  ])
  const parts = [worker, web]
  let working = renew(parts, say, { start: true })
  const unwatch = watchSources(root, (files) => {
    working = working.then(() => followSaves(launch, parts, files))
  })
  await working
  return {
    worker: worker.program,
    web: web.program,
    async end() {
      await unwatch()
      await working
      await Promise.all(parts.map(({ bundle }) => bundle.end()))
    },
  }
}
