import { build } from './setup/build.mjs'
import { command, enableTypeScript } from './setup/command.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

const say = (line) => console.log(line)

command(async () => {
  await installPackages(say)
  await generateClient(say)
  await enableTypeScript()
  const { needsBrowser, runTests } = await import('./test/run.ts')
  const { ensurePrograms } = await import('./test/install.ts')
  const args = process.argv.slice(2)
  const endToEnd = needsBrowser(args)
  ensurePrograms({ browser: endToEnd, prometheus: endToEnd, say })
  // The end-to-end tests drive the application as it is built.
  if (endToEnd) await build(say)
  return runTests(args)
})
