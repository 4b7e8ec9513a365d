import { command, enableTypeScript } from './setup/command.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

// stdout is for the command's one JSON value.
const say = (line) => console.error(line)

command(async () => {
  await installPackages(say, { dev: false })
  await generateClient(say)
  await enableTypeScript()
  const { main } = await import('./cli/main.ts')
  return main(process.argv)
})
