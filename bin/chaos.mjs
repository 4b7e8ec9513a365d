import { build } from './setup/build.mjs'
import { command, enableTypeScript } from './setup/command.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

const say = (line) => console.log(line)

command(async () => {
  await installPackages(say)
  await generateClient(say)
  await enableTypeScript()
  const { readArguments } = await import('../test/chaos/arguments.ts')
  const wanted = readArguments(process.argv.slice(2))
  const { ensurePrograms } = await import('./test/install.ts')
  ensurePrograms({ browser: false, say })
  // The faults hit the web server and the worker as they are built.
  await build(say)
  const { runChaos } = await import('../test/chaos/run.ts')
  return runChaos(wanted)
})
