import { command, enableTypeScript } from './setup/command.mjs'
import { installPackages } from './setup/set-up.mjs'

command(async () => {
  await installPackages((line) => console.error(line))
  await enableTypeScript()
  const { newJob } = await import('./job-types/new.ts')
  return newJob(process.argv[2])
})
