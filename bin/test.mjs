import { build } from './setup/build.mjs'
import { command } from './setup/command.mjs'

command(async (say, args) => {
  const { needsBrowser, runTests } = await import('./test/run.ts')
  const { ensurePrograms } = await import('./test/install.ts')
  const endToEnd = needsBrowser(args)
  ensurePrograms({ browser: endToEnd, prometheus: endToEnd, say })
  // The end-to-end tests drive the application as it is built.
  if (endToEnd) await build(say)
  return runTests(args)
})
