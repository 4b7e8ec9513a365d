import { command, enableTypeScript } from './setup/command.mjs'
import { installPackages } from './setup/set-up.mjs'

command(async () => {
  await installPackages((line) => console.error(line))
  await enableTypeScript()
  const { newMigration } = await import('./migrations/new.ts')
  return newMigration(process.argv[2])
})
