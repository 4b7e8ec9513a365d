import { build } from './setup/build.mjs'
import { command } from './setup/command.mjs'

command(async (say, args) => {
  const { readArguments } = await import('../test/chaos/arguments.ts')
  const wanted = readArguments(args)
  const { ensurePrograms } = await import('./test/install.ts')
  ensurePrograms({ browser: false, say })
  // The faults hit the web server and the worker as they are built.
  await build(say)
  const { runChaos } = await import('../test/chaos/run.ts')
  return runChaos(wanted)
})
