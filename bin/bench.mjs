import { build } from './setup/build.mjs'
import { command, enableTypeScript } from './setup/command.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

const say = (line) => console.log(line)

command(async () => {
  await installPackages(say)
  await generateClient(say)
  await enableTypeScript()
  const { ensurePrograms } = await import('./test/install.ts')
  ensurePrograms({ browser: true, say })
  await build(say)
  const { runBenchmark } = await import('../test/bench/main.ts')
  return runBenchmark(process.argv.slice(2))
})
