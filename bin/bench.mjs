import { build } from './setup/build.mjs'
import { command } from './setup/command.mjs'

command(async (say, args) => {
  const { ensurePrograms } = await import('./test/install.ts')
  ensurePrograms({ browser: true, say })
  await build(say)
  const { runBenchmark } = await import('../test/bench/main.ts')
  return runBenchmark(args)
})
